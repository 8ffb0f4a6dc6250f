import type { Cursor } from '../cursor.ts'
import type { IsolationLevel, ProducedMessage, StoredMessage } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

/** A position in every chosen partition. For `to`, the position itself is not delivered: it is where the stream ends. */
export type StreamPosition =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** The last `count` offsets of each partition before its end. */
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

/** A cursor and what it is asked about. */
export type CursorRequest = Pick<StreamRequest, 'topic' | 'partitions'> & { readonly cursor: string }

/** How large a batch may grow and how long the first message of one may wait for company. */
export interface BatchLimits {
  readonly maxMessages: number
  readonly maxBytes: number
  readonly lingerMs: number
}

/** A stream of one topic's messages. */
export interface StreamRequest {
  readonly topic: TopicName
  /** Null: all, those created later too (from offset 0). */
  readonly partitions: readonly number[] | null
  readonly from: StreamPosition
  /** Resumes after this cursor; wins over `from` when not null. */
  readonly after: string | null
  /** Null: goes on for ever. A stream with an end completes once every partition has reached it. */
  readonly to: StreamPosition | null
  readonly isolationLevel: IsolationLevel
  readonly limits: BatchLimits
  /**
   * What deleted or unreadable offsets do: a `gap` event and the stream goes on, or the stream fails with an error. One that
   * fails is read for its messages alone, and is not told its progress either.
   */
  readonly onGap: 'report' | 'fail'
}

/** Messages that will never be delivered, and why. */
export type GapReason =
  | 'RETENTION'
  | 'TOPIC_RECREATED'
  | 'DROPPED_BY_POLICY'
  | 'DECODE_LIMIT'
  | 'UNCLEAN_LEADER_ELECTION'

/** How far one partition has been read: `begin` where the stream started, `position` next, `end` as last seen. */
export interface StreamedPosition {
  readonly partition: number
  readonly begin: Offset
  readonly position: Offset
  readonly end: Offset
}

/** Messages, in ascending order of offset within each partition. `cursors` are computed when asked for. */
export interface BatchEvent {
  readonly kind: 'batch'
  readonly topic: TopicName
  readonly messages: readonly StoredMessage[]
  /** The cursor that resumes after `messages[index]`. */
  cursorAt(index: number): Cursor
  /** The cursor that resumes after the whole batch. */
  readonly cursor: Cursor
  /** Offsets still to be read to the end of all partitions, as last seen. */
  readonly lag: bigint
}

/** Everything that existed when the stream began has been delivered; what follows is live. Once a stream. */
export interface CaughtUpEvent {
  readonly kind: 'caughtUp'
  readonly topic: TopicName
  readonly cursor: Cursor
  readonly positions: readonly StreamedPosition[]
}

/** Offsets `[fromOffset, toOffset)` of a partition were not delivered and never will be. */
export interface GapEvent {
  readonly kind: 'gap'
  readonly topic: TopicName
  readonly partition: number
  readonly fromOffset: Offset
  readonly toOffset: Offset
  readonly reason: GapReason
  readonly cursor: Cursor
}

/** A fresh cursor while nothing is delivered. */
export interface ProgressEvent {
  readonly kind: 'progress'
  readonly topic: TopicName
  readonly cursor: Cursor
  /** Messages looked at since the stream began. */
  readonly messagesScanned: bigint
  readonly lag: bigint
}

/** What a stream yields. Subscribers at the same point of the same stream are handed the very same object. */
export type StreamEvent = BatchEvent | CaughtUpEvent | GapEvent | ProgressEvent

/**
 * One subscriber's position in a topic, pulled: nothing is buffered for it. `return()` settles a waiting `next()` and frees
 * whatever the stream holds at once. `next()` throws KafkaError (TOPIC_DELETED, TOPIC_RECREATED, OFFSET_OUT_OF_RANGE, …,
 * with `details.cursor` where it can be resumed) and is done afterwards.
 */
export interface MessageStream extends AsyncIterableIterator<StreamEvent>, AsyncDisposable {
  /** The cursor that resumes after everything yielded so far, or from the start. Made on demand. */
  readonly cursor: Cursor
  return(): Promise<IteratorResult<StreamEvent>>
}

/** Opens streams and makes the cursors that they resume from. */
export interface MessageStreams {
  /**
   * Resolves once the start is fixed to concrete offsets: what is produced afterwards is delivered, `latest` included. The
   * question is shared by all who ask it at once, so no signal ends it; it has Kafka's time limits.
   * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, OFFSET_OUT_OF_RANGE (details: earliestOffset, latestOffset), INVALID_CURSOR.
   */
  open(call: Call, request: StreamRequest): Promise<MessageStream>
  /**
   * The offset at which each chosen partition goes on after a cursor, in ascending order of partition; all are chosen when
   * `partitions` is null. @throws KafkaError as `open` with `onGap: 'fail'`.
   */
  offsetsAfter(call: Call, request: CursorRequest): Promise<readonly PartitionOffset[]>
  /** The cursor that resumes after a message just produced. @throws KafkaError when it has no offset (acks NONE). */
  cursorAfter(call: Call, message: ProducedMessage): Cursor
}
