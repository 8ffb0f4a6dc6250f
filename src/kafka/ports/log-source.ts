import type { KafkaError } from '../errors/kafka-error.ts'
import type { IsolationLevel, StoredMessage } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'

/** The log of one partition of the topic with this id. A recreated topic is another log. */
export interface LogId {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
}

/** A piece of one partition's log: every visible message in `[from, next)`. */
export interface LogSlice {
  readonly partition: number
  readonly from: Offset
  /** Start of the next read. It exceeds the last message's offset + 1 if compaction or control records used offsets. */
  readonly next: Offset
  /** In ascending order of offset. May be empty although `next` advanced. */
  readonly messages: readonly StoredMessage[]
  /** First offset that the log still has. */
  readonly logStartOffset: Offset
  /** First offset that this isolation level cannot read yet: the high watermark or the last stable offset. */
  readonly endOffset: Offset
  /** Leader epoch of the last batch read; -1 if no batch was read or its epoch is unknown. */
  readonly leaderEpoch: number
  /** Bytes of memory that the slice keeps alive. */
  readonly bytes: number
}

/**
 * Why a position cannot be read:
 * - below: retention or DeleteRecords removed `[position, logStartOffset)`
 * - beyond: the log ends before the position, for longer than an election takes (truncated, or never written)
 * - deleted / recreated: the topic with this id no longer exists
 * - undecodable: the batch at the position cannot be decoded (codec, size, checksum); the following batch starts at
 * `next`
 * - refused: the broker refuses permanently (e.g. TOPIC_AUTHORIZATION_FAILED), or shares no request version with us
 */
export type LogFault =
  | { readonly kind: 'below'; readonly logStartOffset: Offset; readonly endOffset: Offset }
  | { readonly kind: 'beyond'; readonly logStartOffset: Offset; readonly endOffset: Offset }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'recreated'; readonly topicId: string }
  | { readonly kind: 'undecodable'; readonly next: Offset; readonly error: KafkaError }
  | { readonly kind: 'refused'; readonly error: KafkaError }

/**
 * Receives one partition's log as it grows. Slices arrive in order and without gaps: each `from` equals the previous
 * `next`.
 */
export interface LogFollower {
  onSlice(slice: LogSlice): void
  /** Called at most once. It ends the subscription: no call follows. */
  onFault(fault: LogFault): void
}

/** A read of one partition's log. */
export interface LogReadRequest {
  readonly log: LogId
  readonly isolationLevel: IsolationLevel
  readonly offset: Offset
  /** Approximate bytes of batches to fetch. The first batch is returned whole, whatever its size. */
  readonly maxBytes: number
  /** How long the broker may wait for the first byte, in ms; 0 returns at once. */
  readonly maxWaitMs: number
  /**
   * Leader epoch of the message before `offset`; omitted or -1 if unknown. With it the broker detects a log that was
   * truncated below `offset` and has grown past it again: a fault of kind `beyond`.
   */
  readonly lastEpoch?: number
  /** Called from time to time while a read makes progress: a large batch on a slow line, or a doubtful log end. */
  readonly onProgress?: () => void
}

/**
 * Reads partition logs without a consumer group and without leaving a trace on the cluster. Survives every broker
 * fault.
 */
export interface LogSource {
  /**
   * Follows a log from an offset until a fault or disposal. All followed logs share one fetch loop per leader. Broker
   * deaths, elections and time-outs are retried forever and never reach the follower.
   */
  follow(log: LogId, isolationLevel: IsolationLevel, from: Offset, follower: LogFollower): Disposable
  /**
   * Reads once. Retries broker faults until the signal aborts.
   * @throws LogFaultError for a fault of this position; the signal's reason if it aborts.
   */
  read(request: LogReadRequest, signal: AbortSignal): Promise<LogSlice>
}

/** A LogFault as an exception. */
export class LogFaultError extends Error {
  override readonly name = 'LogFaultError'
  readonly fault: LogFault

  constructor(fault: LogFault) {
    super(`the log cannot be read any further: ${fault.kind}`)
    this.fault = fault
  }
}
