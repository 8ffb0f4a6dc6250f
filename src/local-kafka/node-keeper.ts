import { setTimeout as sleep } from 'node:timers/promises'
import type { CauseOfEnd } from './cause-of-end.ts'
import type { NodeLayout } from './cluster-layout.ts'
import { describeExit } from './describe-exit.ts'
import type { EndOfProcess, KafkaProcess } from './kafka-process.ts'
import type { LocalKafkaExit, LocalKafkaReturn } from './local-kafka.ts'
import { LocalKafkaProblem } from './local-kafka-problem.ts'
import { causeOfFailure } from './system-problem.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** How a node is kept running. */
export interface NodeKeeperOptions {
  readonly node: NodeLayout
  /** Whether a node that ended by itself is started again. */
  readonly restart: boolean
  readonly startTimeoutMs: number
  /** Starts the node's Java. */
  readonly spawn: () => KafkaProcess
  readonly onExit: (exit: LocalKafkaExit) => void
  readonly onReturn: (back: LocalKafkaReturn) => void
  /** Aborted when nothing may be started any more. */
  readonly signal: AbortSignal
}

const firstDelayMs = 1000
/** A full disk that is cleared is noticed within this time. */
const longestDelayMs = 30_000
/** A node that ran for so long has recovered: its next restart comes after the first delay again. */
const lastsMs = 60_000

/** Starts a node again when it ends by itself: after a second, and twice as late each time that it does not last. */
export class NodeKeeper {
  readonly #options: NodeKeeperOptions
  #delayMs = firstDelayMs
  #readyAt: number | undefined
  #trouble: string | null = null
  #restart: AbortController | undefined

  constructor(options: NodeKeeperOptions) {
    this.#options = options
  }

  /** Why the node is away although nobody stopped it; null when it is not. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** The node runs, and its cluster lists it. */
  isReady(): void {
    this.#readyAt = performance.now()
    this.#trouble = null
  }

  /** The node ended, though nobody asked for it. */
  ended({ cause, ...end }: EndOfProcess): void {
    const { restart, signal, onExit } = this.#options
    if (signal.aborted) return
    if (this.#readyAt !== undefined && performance.now() - this.#readyAt > lastsMs) this.#delayMs = firstDelayMs
    this.#readyAt = undefined
    const exit = { ...end, cause: cause.text, restartInMs: restart ? this.#delayMs : null }
    this.#trouble = describeExit(exit)
    onExit(exit)
    if (restart) void this.#startLater()
  }

  /** Gives up a restart that waits or is under way: the owner stops or starts the node. */
  letBe(): void {
    this.#restart?.abort()
    this.#trouble = null
  }

  async #startLater(): Promise<void> {
    this.#restart = new AbortController()
    const signal = AbortSignal.any([this.#restart.signal, this.#options.signal])
    await sleep(this.#delayMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    this.#delayMs = Math.min(2 * this.#delayMs, longestDelayMs)
    const process = this.#spawn()
    if (process === undefined || !(await this.#untilReady(process, signal))) return
    this.isReady()
    this.#options.onReturn({ nodeId: this.#options.node.nodeId, pid: process.pid })
  }

  /** Starts the Java; a failure counts as its end, and the next attempt follows. */
  #spawn(): KafkaProcess | undefined {
    const { node, spawn } = this.#options
    try {
      return spawn()
    } catch (thrown) {
      const cause: CauseOfEnd = { kind: 'OTHER', text: causeOfFailure(thrown, node.dataDir) }
      this.ended({ nodeId: node.nodeId, code: null, signal: null, lastLines: [], cause })
      return undefined
    }
  }

  /** However long it takes: a log is recovered, or the other nodes are away, too. False when it ended or was given up. */
  async #untilReady(process: KafkaProcess, signal: AbortSignal): Promise<boolean> {
    const { node, startTimeoutMs: timeoutMs } = this.#options
    for (;;) {
      try {
        await waitUntilReady({ node, process, expected: [node.nodeId], timeoutMs, signal })
        return !signal.aborted
      } catch (thrown) {
        const isLate = thrown instanceof LocalKafkaProblem && thrown.reason === 'NOT_READY'
        if (!isLate || signal.aborted) return false
      }
    }
  }
}
