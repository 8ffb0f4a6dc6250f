import type { EpochMs } from '../kafka/epoch-ms.ts'
import { asKafkaError } from '../kafka/kafka-error.ts'
import type { IsolationLevel } from '../kafka/message.ts'
import type { Offset } from '../kafka/offset.ts'
import { type LogFault, LogFaultError, type LogSlice } from '../kafka/ports/log-source.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import type { HeldBytes } from './held-bytes.ts'
import { gapAfter, isPassable } from './log-gap.ts'
import type { LogOffsets } from './log-offsets.ts'
import type { LogGap } from './ring.ts'
import { ReadTimeout, type TopicReads } from './shared-reads.ts'

/** What a catch-up read came to; `late`: the partition did not answer in time. */
export type CatchUpResult =
  | { readonly kind: 'slice'; readonly partition: number; readonly slice: LogSlice }
  | { readonly kind: 'gap'; readonly partition: number; readonly gap: LogGap }
  | { readonly kind: 'end'; readonly partition: number; readonly fault: LogFault }
  | { readonly kind: 'late'; readonly partition: number }

/** What a catch-up reader reads, and within which bounds. */
export interface CatchUpOptions {
  readonly offsets: LogOffsets
  /** Joined by this reader; it leaves when disposed. */
  readonly reads: TopicReads
  readonly held: HeldBytes
  readonly topic: TopicName
  readonly topicId: string
  readonly isolationLevel: IsolationLevel
  readonly readBytes: number
  /** The same while the process holds as much as it may. */
  readonly sparingReadBytes: number
  /** Called when a result is there. */
  readonly wake: () => void
}

/** One read wanted. */
export interface CatchUpRead {
  readonly partition: number
  readonly offset: Offset
  readonly maxWaitMs: number
  /** Time of the last message before `offset`, null when none was seen. */
  readonly lastTimestamp: EpochMs | null
  /** Leader epoch of that message; -1 when it is not known. */
  readonly lastEpoch: number
  /** True when the broker itself must be asked. */
  readonly isUnverified: boolean
}

/** Reads the log for one feed that is behind the ring: one read at a time, its result kept until it is taken. */
export class CatchUp implements Disposable {
  readonly #options: CatchUpOptions
  #result: CatchUpResult | null = null
  #reading: AbortController | null = null

  constructor(options: CatchUpOptions) {
    this.#options = options
  }

  /** True while a read is under way or its result waits to be taken. */
  get isBusy(): boolean {
    return this.#reading !== null || this.#result !== null
  }

  /** The result of the last read, if it is there. The bytes of its slice are held until `delivered`. */
  take(): CatchUpResult | null {
    const result = this.#result
    this.#result = null
    return result
  }

  /** A slice that was taken is needed no longer. */
  delivered(slice: LogSlice): void {
    this.#options.held.give(slice)
  }

  /** True while others read the same topic: what is made of a slice is worth keeping with it. */
  get isShared(): boolean {
    return this.#options.reads.isShared
  }

  /** True when the next read may be started before the last one is delivered. */
  get mayReadAhead(): boolean {
    return !this.#options.held.isSpent
  }

  /** Starts a read; only one when not busy. */
  start(read: CatchUpRead): void {
    const reading = new AbortController()
    this.#reading = reading
    void this.#run(read, reading)
  }

  /** Aborts the read under way and forgets its result. */
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
