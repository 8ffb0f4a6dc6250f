import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { answerCalls } from './calls.ts'

let delays: IntervalHistogram | undefined

/** The calls that every measured process answers. `--import` loads them before the program. */
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
  /** The resources that keep the process alive, counted by kind. */
  resources: () => {
    const counts: Record<string, number> = {}
    for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
    return counts
  },
  /** Starts to measure event-loop delay. */
  watchStalls: () => {
    delays?.disable()
    delays = monitorEventLoopDelay({ resolution: 1 })
    delays.enable()
  },
  /** The longest stall since then, ms. */
  longestStall: () => (delays === undefined ? 0 : delays.max / 1e6),
}

answerCalls(probeCalls)
// The channel must not keep the measured program alive.
process.channel?.unref()
// Children end when the bench is killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
