import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeLayout } from '../data-folder/cluster-layout.ts'
import { describeExit } from '../describe-exit.ts'
import type { LocalKafkaExit, LocalKafkaReturn } from '../local-kafka.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { causeOfFailure } from '../system-problem.ts'
import type { CauseOfEnd } from './cause-of-end.ts'
import type { EndOfProcess, KafkaProcess } from './kafka-process.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** Options of a NodeKeeper. */
export interface NodeKeeperOptions {
  readonly node: NodeLayout
  /** Whether to restart a node that exits unexpectedly. */
  readonly restart: boolean
  readonly startTimeoutMs: number
  /** Starts the node's Java process. */
  readonly spawn: () => KafkaProcess
  readonly onExit: (exit: LocalKafkaExit) => void
  readonly onReturn: (back: LocalKafkaReturn) => void
  /** Aborted once nothing may be started any more. */
  readonly signal: AbortSignal
}

const firstDelayMs = 1000
/** A full disk that was cleared is noticed within this time. */
const longestDelayMs = 30_000
/** After running this long, a node's next restart uses the first delay again. */
const lastsMs = 60_000

/** Restarts a node that exits unexpectedly: after one second, doubling each time the node does not last. */
export class NodeKeeper {
  readonly #options: NodeKeeperOptions
  #delayMs = firstDelayMs
  #readyAt: number | undefined
  #trouble: string | null = null
  #restart: AbortController | undefined

  constructor(options: NodeKeeperOptions) {
    this.#options = options
  }

  /** Why the node is down although nobody stopped it; otherwise null. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Call when the node runs and its cluster lists it. */
  isReady(): void {
    this.#readyAt = performance.now()
    this.#trouble = null
  }

  /** Call when the node exits unexpectedly. */
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

  /** Cancels a pending or running restart, because the owner now stops or starts the node. */
  stopRestarting(): void {
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

  /** Starts the Java process. A failure counts as an exit, so the next attempt follows. */
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

  /**
   * Waits without limit: Kafka may be recovering its log, or the other nodes may be down too. False if the process
   * exits or the wait is cancelled.
   */
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
