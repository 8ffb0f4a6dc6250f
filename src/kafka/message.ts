import type { EpochMs } from './epoch-ms.ts'
import type { Offset } from './offset.ts'
import type { TopicName } from './topic-name.ts'

/** The compression of a record batch, with Kafka's names. */
export type CompressionType = 'NONE' | 'GZIP' | 'SNAPPY' | 'LZ4' | 'ZSTD'

/** Who set a message's timestamp: the producer, or the broker on append. Format v0 (before Kafka 0.10) has none. */
export type TimestampType = 'NO_TIMESTAMP_TYPE' | 'CREATE_TIME' | 'LOG_APPEND_TIME'

/** READ_COMMITTED hides messages of aborted and open transactions. */
export type IsolationLevel = 'READ_COMMITTED' | 'READ_UNCOMMITTED'

/** How many replicas must have a message before it is acknowledged: none, the leader, or all in sync. */
export type Acks = 'NONE' | 'LEADER' | 'ALL'

/** One header. Headers are ordered and names may repeat. */
export interface MessageHeader {
  readonly key: string
  readonly value: Buffer | null
}

/** What all messages of one record batch share. In formats v0 and v1: of a wrapper or a single message. */
export interface BatchInfo {
  readonly leaderEpoch: number
  readonly timestampType: TimestampType
  readonly compressionType: CompressionType
  readonly isTransactional: boolean
  /** -1n for a producer that is neither idempotent nor transactional. */
  readonly producerId: bigint
}

/** One stored message. Its buffers are views of the fetched batch: never write to them. */
export interface StoredMessage {
  readonly partition: number
  readonly offset: Offset
  /** -1 if the message has none. */
  readonly timestamp: EpochMs
  readonly key: Buffer | null
  /** Null is a tombstone: it deletes the key from a compacted topic. */
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Stored size of key, value and headers in bytes. */
  readonly serializedSize: number
  readonly batch: BatchInfo
}

/** One message to produce. */
export interface OutgoingMessage {
  readonly topic: TopicName
  /** Null: chosen from the key like Kafka's own producer, or spread if there is no key. */
  readonly partition: number | null
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Epoch milliseconds; null means the current time. */
  readonly timestamp: number | null
}

/** Where an acknowledged message was stored. */
export interface ProducedMessage {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
  /** Null with acks NONE, because the broker sends no response. */
  readonly offset: Offset | null
  /** The stored timestamp. */
  readonly timestamp: EpochMs
}
