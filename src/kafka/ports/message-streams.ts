import type { Cursor } from '../cursor/cursor.ts'
import type { IsolationLevel, ProducedMessage, StoredMessage } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

/** A position in every chosen partition. In `to` it is exclusive: the stream ends before it. */
export type StreamPosition =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** `count` offsets before the end of each partition. */
  | { readonly kind: 'lastPerPartition'; readonly count: number }
  /** The first message at or after this time, epoch ms. */
  | { readonly kind: 'timestamp'; readonly timestamp: number }
  /** The same offset in each chosen partition. */
  | { readonly kind: 'offset'; readonly offset: Offset }
  /** Partitions that are not listed are not read. */
  | {
      readonly kind: 'offsets'
      readonly offsets: readonly PartitionOffset[]
    }
  | { readonly kind: 'cursor'; readonly cursor: string }

/** An offset in one partition of a topic. */
export interface PartitionOffset {
  readonly partition: number
  readonly offset: Offset
}

/** A cursor and the partitions to resolve it for. */
export type CursorRequest = Pick<StreamRequest, 'topic' | 'partitions'> & { readonly cursor: string }

/** How large a batch may grow, and how long its first message may wait for more. */
export interface BatchLimits {
  readonly maxMessages: number
  readonly maxBytes: number
  readonly lingerMs: number
}

/** A request for a stream of one topic's messages. */
export interface StreamRequest {
  readonly topic: TopicName
  /** Null reads all partitions, including future ones (from offset 0). */
  readonly partitions: readonly number[] | null
  readonly from: StreamPosition
  /** Resumes after this cursor. Overrides `from` unless null. */
  readonly after: string | null
  /** Null never ends. Otherwise the stream completes once every partition has reached this position. */
  readonly to: StreamPosition | null
  readonly isolationLevel: IsolationLevel
  readonly limits: BatchLimits
  /**
   * What happens at deleted or unreadable offsets: `report` yields a `gap` event and continues, `fail` ends the stream
   * with an error. A stream that fails yields only messages, no progress events.
   */
  readonly onGap: 'report' | 'fail'
}

/** Why messages will never be delivered. */
export type GapReason =
  | 'RETENTION'
  | 'TOPIC_RECREATED'
  | 'DROPPED_BY_POLICY'
  | 'DECODE_LIMIT'
  | 'UNCLEAN_LEADER_ELECTION'

/**
 * How far one partition has been read: `begin` is the start of the stream, `position` the next offset, `end` the last
 * known end.
 */
export interface StreamedPosition {
  readonly partition: number
  readonly begin: Offset
  readonly position: Offset
  readonly end: Offset
}

/** Messages in ascending order of offset within each partition. Cursors are computed on demand. */
export interface BatchEvent {
  readonly kind: 'batch'
  readonly topic: TopicName
  readonly messages: readonly StoredMessage[]
  /** The cursor that resumes after `messages[index]`. */
  cursorAt(index: number): Cursor
  /** The cursor that resumes after the whole batch. */
  readonly cursor: Cursor
  /** Offsets left to read until the last known end, summed over all partitions. */
  readonly lag: bigint
}

/** Every message that existed when the stream began has been delivered; later ones are live. Sent once per stream. */
export interface CaughtUpEvent {
  readonly kind: 'caughtUp'
  readonly topic: TopicName
  readonly cursor: Cursor
  readonly positions: readonly StreamedPosition[]
}

/** Offsets `[fromOffset, toOffset)` of a partition were skipped and will never be delivered. */
export interface GapEvent {
  readonly kind: 'gap'
  readonly topic: TopicName
  readonly partition: number
  readonly fromOffset: Offset
  readonly toOffset: Offset
  readonly reason: GapReason
  readonly cursor: Cursor
}

/** A fresh cursor while no message is delivered. */
export interface ProgressEvent {
  readonly kind: 'progress'
  readonly topic: TopicName
  readonly cursor: Cursor
  /** Messages examined since the stream began. */
  readonly messagesScanned: bigint
  readonly lag: bigint
}

/** What a stream yields. Subscribers at the same point of the same stream receive the same object. */
export type StreamEvent = BatchEvent | CaughtUpEvent | GapEvent | ProgressEvent

/**
 * One subscriber's position in a topic. It is pulled, and nothing is buffered for it. `return()` settles a pending
 * `next()` and frees all memory at once. `next()` throws KafkaError (TOPIC_DELETED, TOPIC_RECREATED,
 * OFFSET_OUT_OF_RANGE, …), with `details.cursor` if the stream can be resumed; the stream is then done.
 */
export interface MessageStream extends AsyncIterableIterator<StreamEvent>, AsyncDisposable {
  /** The cursor that resumes after everything yielded so far, or from the start. Computed on demand. */
  readonly cursor: Cursor
  return(): Promise<IteratorResult<StreamEvent>>
}

/** Opens streams and creates their cursors. */
export interface MessageStreams {
  /**
   * Resolves once the start is fixed to concrete offsets: every later message is delivered, also with `latest`.
   * Concurrent calls share one lookup, so it takes no signal; Kafka's time limits apply.
   * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, OFFSET_OUT_OF_RANGE (details: earliestOffset, latestOffset),
   * INVALID_CURSOR.
   */
  open(call: Call, request: StreamRequest): Promise<MessageStream>
  /**
   * The offset at which each chosen partition continues after a cursor, in ascending order of partition. Null chooses
   * all partitions. @throws KafkaError like `open` with `onGap: 'fail'`.
   */
  offsetsAfter(call: Call, request: CursorRequest): Promise<readonly PartitionOffset[]>
  /** The cursor that resumes after a produced message. @throws KafkaError if it has no offset (acks NONE). */
  cursorAfter(call: Call, message: ProducedMessage): Cursor
}
