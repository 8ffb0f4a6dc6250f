import type { EpochMs } from '../../kafka/epoch-ms.ts'
import { asKafkaError } from '../../kafka/errors/kafka-error.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'
import { type LogFault, LogFaultError, type LogSlice } from '../../kafka/ports/log-source.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { gapAfter, isPassable } from '../ring/log-gap.ts'
import type { LogGap } from '../ring/ring.ts'
import type { LogOffsets } from '../start/log-offsets.ts'
import type { HeldBytes } from './held-bytes.ts'
import { ReadTimeout, type TopicReads } from './shared-reads.ts'

/** Result of a catch-up read. `late`: the partition did not answer in time. */
export type CatchUpResult =
  | { readonly kind: 'slice'; readonly partition: number; readonly slice: LogSlice }
  | { readonly kind: 'gap'; readonly partition: number; readonly gap: LogGap }
  | { readonly kind: 'end'; readonly partition: number; readonly fault: LogFault }
  | { readonly kind: 'late'; readonly partition: number }

/** What a catch-up reader reads, and its bounds. */
export interface CatchUpOptions {
  readonly offsets: LogOffsets
  /** This reader has joined these reads and leaves them when it is disposed. */
  readonly reads: TopicReads
  readonly held: HeldBytes
  readonly topic: TopicName
  readonly topicId: string
  readonly isolationLevel: IsolationLevel
  readonly readBytes: number
  /** The same while the process has reached its limit for held bytes. */
  readonly sparingReadBytes: number
  /** Called when a result is ready. */
  readonly wake: () => void
}

/** One requested read. */
export interface CatchUpRead {
  readonly partition: number
  readonly offset: Offset
  readonly maxWaitMs: number
  /** Time of the last message before `offset`, null when none was seen. */
  readonly lastTimestamp: EpochMs | null
  /** Leader epoch of that message; -1 when unknown. */
  readonly lastEpoch: number
  /** True when only the broker can confirm the position. */
  readonly isUnverified: boolean
}

/** Reads the log for one feed behind the ring: one read at a time, and its result is kept until taken. */
export class CatchUp implements Disposable {
  readonly #options: CatchUpOptions
  #result: CatchUpResult | null = null
  #reading: AbortController | null = null

  constructor(options: CatchUpOptions) {
    this.#options = options
  }

  /** True while a read runs or its result is not taken yet. */
  get isBusy(): boolean {
    return this.#reading !== null || this.#result !== null
  }

  /** The result of the last read, if it is ready. The bytes of its slice count as held until `delivered`. */
  take(): CatchUpResult | null {
    const result = this.#result
    this.#result = null
    return result
  }

  /** Releases a taken slice. */
  delivered(slice: LogSlice): void {
    this.#options.held.give(slice)
  }

  /** True while other feeds read the same topic: then it pays to keep derived results with the slice. */
  get isShared(): boolean {
    return this.#options.reads.isShared
  }

  /** True when the next read may start before the last slice is delivered. */
  get mayReadAhead(): boolean {
    return !this.#options.held.isSpent
  }

  /** Starts a read. Call only when not busy. */
  start(read: CatchUpRead): void {
    const reading = new AbortController()
    this.#reading = reading
    void this.#run(read, reading)
  }

  /** Aborts the running read and drops its result. */
  letGo(): void {
    this.#reading?.abort()
    this.#reading = null
    if (this.#result?.kind === 'slice') this.delivered(this.#result.slice)
    this.#result = null
  }

  [Symbol.dispose](): void {
    this.letGo()
    this.#options.reads[Symbol.dispose]()
  }

  async #run(read: CatchUpRead, reading: AbortController): Promise<void> {
    const result = await this.#read(read, reading)
    if (this.#reading !== reading) return
    this.#reading = null
    this.#result = result
    if (result.kind === 'slice') this.#options.held.take(result.slice)
    this.#options.wake()
  }

  async #read(read: CatchUpRead, reading: AbortController): Promise<CatchUpResult> {
    const { reads, topic, topicId, isolationLevel, held, readBytes, sparingReadBytes } = this.#options
    const { partition, offset, maxWaitMs, lastEpoch, isUnverified } = read
    const log = { topic, topicId, partition }
    const maxBytes = held.isSpent ? sparingReadBytes : readBytes
    try {
      const known = isUnverified ? null : reads.known(partition, offset)
      const request = { log, isolationLevel, offset, maxBytes, maxWaitMs, lastEpoch }
      const slice = known ?? (await reads.read(request, reading.signal))
      return { kind: 'slice', partition, slice }
    } catch (thrown) {
      if (thrown instanceof LogFaultError) return await this.#fault(thrown.fault, read, reading.signal)
      if (reading.signal.aborted || thrown instanceof ReadTimeout) return { kind: 'late', partition }
      return { kind: 'end', partition, fault: { kind: 'refused', error: asKafkaError(thrown) } }
    }
  }

  async #fault(fault: LogFault, read: CatchUpRead, signal: AbortSignal): Promise<CatchUpResult> {
    const { partition, offset: position, lastTimestamp } = read
    if (!isPassable(fault)) return { kind: 'end', partition, fault }
    try {
      const gap = await gapAfter(fault, { partition, position, lastTimestamp, offsets: this.#options.offsets }, signal)
      return { kind: 'gap', partition, gap }
    } catch (thrown) {
      if (signal.aborted) return { kind: 'late', partition }
      return { kind: 'end', partition, fault: { kind: 'refused', error: asKafkaError(thrown) } }
    }
  }
}
