import type { EpochMs } from './epoch-ms.ts'
import type { Offset } from './offset.ts'
import type { TopicName } from './topic-name.ts'

/** How a record batch is compressed; Kafka's names. */
export type CompressionType = 'NONE' | 'GZIP' | 'SNAPPY' | 'LZ4' | 'ZSTD'

/** Who gave a message its timestamp: its producer, or the broker as it appended. Format v0 (before Kafka 0.10) has none. */
export type TimestampType = 'NO_TIMESTAMP_TYPE' | 'CREATE_TIME' | 'LOG_APPEND_TIME'

/** READ_COMMITTED hides messages of aborted and of open transactions. */
export type IsolationLevel = 'READ_COMMITTED' | 'READ_UNCOMMITTED'

/** How many replicas have a message before it counts as written: none, the leader, all in-sync ones. */
export type Acks = 'NONE' | 'LEADER' | 'ALL'

/** A header: an ordered list of them travels with each message, names may repeat. */
export interface MessageHeader {
  readonly key: string
  readonly value: Buffer | null
}

/** What all messages of one record batch share; of a wrapper or a message alone in formats v0 and v1. */
export interface BatchInfo {
  readonly leaderEpoch: number
  readonly timestampType: TimestampType
  readonly compressionType: CompressionType
  readonly isTransactional: boolean
  /** -1n for a producer that is neither idempotent nor transactional. */
  readonly producerId: bigint
}

/** One stored message. Bytes are views of the fetched batch: read them, never write. */
export interface StoredMessage {
  readonly partition: number
  readonly offset: Offset
  /** -1 when the message has none. */
  readonly timestamp: EpochMs
  readonly key: Buffer | null
  /** Null is a tombstone: it deletes its key from a compacted topic. */
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Bytes of key, value and headers as stored. */
  readonly serializedSize: number
  readonly batch: BatchInfo
}

/** One message on its way to Kafka. */
export interface OutgoingMessage {
  readonly topic: TopicName
  /** Null: chosen from the key as Kafka's own producer would, or spread when there is no key. */
  readonly partition: number | null
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Epoch milliseconds; null: the time at which it is produced. */
  readonly timestamp: number | null
}

/** Where an acknowledged message went. */
export interface ProducedMessage {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
  /** Null with acks NONE: the broker answers nothing. */
  readonly offset: Offset | null
  /** As stored. */
  readonly timestamp: EpochMs
}
