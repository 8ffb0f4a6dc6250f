import type { KafkaError } from '../kafka-error.ts'
import type { IsolationLevel, StoredMessage } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'

/** One partition's log, of the topic with this id: a recreated topic is another log. */
export interface LogId {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
}

/** A piece of one partition's log: every visible message from `from` up to, not including, `next`. */
export interface LogSlice {
  readonly partition: number
  readonly from: Offset
  /** Where the next read starts; beyond the last message where compaction or control records took offsets. */
  readonly next: Offset
  /** In ascending order of offset; may be empty although `next` moved. */
  readonly messages: readonly StoredMessage[]
  /** First offset the log still has. */
  readonly logStartOffset: Offset
  /** First offset a reader of this isolation level cannot read yet: high watermark or last stable offset. */
  readonly endOffset: Offset
  /** Leader epoch of the last batch that was passed; -1 when none was, or when it is not known. */
  readonly leaderEpoch: number
  /** Memory that the slice keeps alive. */
  readonly bytes: number
}

/**
 * Why a position cannot be read on:
 * - below: retention or DeleteRecords removed `[position, logStartOffset)`
 * - beyond: the log ends before the position, for longer than an election takes (truncated, or never written)
 * - deleted / recreated: the topic of this id is gone
 * - undecodable: the batch at the position cannot be read (codec, size, checksum); `next` is where the one after starts
 * - refused: the broker refuses for good (e.g. TOPIC_AUTHORIZATION_FAILED), or speaks no version of the request that we do
 */
export type LogFault =
  | { readonly kind: 'below'; readonly logStartOffset: Offset; readonly endOffset: Offset }
  | { readonly kind: 'beyond'; readonly logStartOffset: Offset; readonly endOffset: Offset }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'recreated'; readonly topicId: string }
  | { readonly kind: 'undecodable'; readonly next: Offset; readonly error: KafkaError }
  | { readonly kind: 'refused'; readonly error: KafkaError }

/** Receives one partition's log as it grows. Slices arrive in order, without a gap: each `from` is the last `next`. */
export interface LogFollower {
  onSlice(slice: LogSlice): void
  /** Called once; nothing follows after it: the following has ended. */
  onFault(fault: LogFault): void
}

/** A read of one partition's log. */
export interface LogReadRequest {
  readonly log: LogId
  readonly isolationLevel: IsolationLevel
  readonly offset: Offset
  /** About how many bytes of batches to fetch; the first batch comes whole however large. */
  readonly maxBytes: number
  /** How long the broker may wait for a first byte, ms; 0: answer at once. */
  readonly maxWaitMs: number
  /**
   * Leader epoch of the message before `offset`; left out or -1 when it is not known. With it the broker tells a log that was
   * truncated below `offset` and has grown past it again: a fault of kind `beyond`.
   */
  readonly lastEpoch?: number
  /** Called now and then while the leader answers but all is not said yet: a large batch on a slow line, a doubtful end. */
  readonly onProgress?: () => void
}

/** Reads partitions' logs, without a consumer group and without a trace on the cluster. Outlives every broker fault. */
export interface LogSource {
  /**
   * Follows a log from an offset until disposed or a fault. One fetch loop a leader serves all followed logs of the process.
   * Broker deaths, elections, time-outs are waited out, for ever, and never reach the follower.
   */
  follow(log: LogId, isolationLevel: IsolationLevel, from: Offset, follower: LogFollower): Disposable
  /**
   * Reads once. Waits broker faults out until the signal aborts.
   * @throws LogFaultError for a fault of this position; the signal's reason when given up.
   */
  read(request: LogReadRequest, signal: AbortSignal): Promise<LogSlice>
}

/** A LogFault as an exception. */
export class LogFaultError extends Error {
  override readonly name = 'LogFaultError'
  readonly fault: LogFault

  constructor(fault: LogFault) {
    super(`the log cannot be read on: ${fault.kind}`)
    this.fault = fault
  }
}
