import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { answerCalls } from './calls.ts'

let delays: IntervalHistogram | undefined

/** What every measured process can be asked, whatever it runs; loaded before the program by `--import`. */
export const probeCalls = {
  /** Memory after two full collections, bytes. */
  memoryAfterGc: async () => {
    for (let i = 0; i < 2; i++) {
      globalThis.gc?.()
      await new Promise(resolve => setImmediate(resolve))
    }
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
    return { rss, heapUsed, external, arrayBuffers }
  },
  /** What keeps the process alive, counted by kind. */
  resources: () => {
    const counts: Record<string, number> = {}
    for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
    return counts
  },
  /** Begins to watch how late the event loop is. */
  watchStalls: () => {
    delays?.disable()
    delays = monitorEventLoopDelay({ resolution: 1 })
    delays.enable()
  },
  /** The longest stall since then, ms. */
  longestStall: () => (delays === undefined ? 0 : delays.max / 1e6),
}

answerCalls(probeCalls)
// The measured program must be able to end by itself.
process.channel?.unref()
// A bench that was killed leaves nobody behind.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
