import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from './cluster.ts'
import type { EpochMs } from './epoch-ms.ts'
import type { Outcome } from './kafka-error.ts'
import type { Acks, CompressionType, IsolationLevel, OutgoingMessage, ProducedMessage } from './message.ts'
import type { Offset } from './offset.ts'
import type { TopicName } from './topic-name.ts'

/** Every call may be given up by its caller; each has a deadline of its own besides. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/**
 * Which offset of a partition is asked for: Kafka's two ends, the first at or after a time (epoch ms), or the first message
 * with the greatest timestamp.
 */
export type OffsetQuery = 'earliest' | 'latest' | 'maxTimestamp' | { readonly timestamp: EpochMs }

/** One partition's offset wanted; `latest` depends on the isolation level (last stable offset or high watermark). */
export interface OffsetRequest {
  readonly topic: TopicName
  readonly partition: number
  readonly at: OffsetQuery
  readonly isolationLevel: IsolationLevel
}

/** An offset found; all null when no message is that young, or there is none at all. */
export interface OffsetFound {
  readonly offset: Offset | null
  /** Of the message at that offset; null for earliest and latest. */
  readonly timestamp: EpochMs | null
  /** Leader epoch under which the message at that offset was written; null where the broker does not tell. */
  readonly leaderEpoch: number | null
}

/** Which of a resource's configs, and how much about each. */
export interface ConfigOptions extends CallOptions {
  /** Only these; all when left out. */
  readonly names?: readonly string[]
  readonly includeSynonyms?: boolean
  readonly includeDocumentation?: boolean
}

/** How much about the cluster. */
export interface ClusterOptions extends CallOptions {
  /** Whether to ask who leads the controllers, by a request of its own. Default true; false: `controllerId` is null. */
  readonly includeController?: boolean
}

/** Reads what the cluster is: brokers, topics, partitions, offsets, configs. Nothing is created by asking. */
export interface Catalog {
  /** @throws KafkaError KAFKA_UNAVAILABLE when no broker answers in time (as every method here). */
  describeCluster(options?: ClusterOptions): Promise<ClusterDescription>
  /** Every topic, internal ones too, sorted by name. */
  listTopics(options?: CallOptions): Promise<readonly TopicDescription[]>
  /** One outcome for each name, in order; UNKNOWN_TOPIC_OR_PARTITION where there is none. */
  describeTopics(names: readonly TopicName[], options?: CallOptions): Promise<readonly Outcome<TopicDescription>[]>
  /** One outcome for each request, in order. */
  listOffsets(requests: readonly OffsetRequest[], options?: CallOptions): Promise<readonly Outcome<OffsetFound>[]>
  /** One outcome for each resource, in order; entries sorted by name. */
  describeConfigs(
    resources: readonly ConfigResource[],
    options?: ConfigOptions,
  ): Promise<readonly Outcome<readonly ConfigEntry[]>[]>
}

/** A topic to create. `replicaAssignments[partition]` lists node ids and excludes the two counts. */
export interface NewTopic {
  readonly name: TopicName
  /** Null: the broker's `num.partitions`. */
  readonly numPartitions: number | null
  /** Null: the broker's `default.replication.factor`. */
  readonly replicationFactor: number | null
  readonly replicaAssignments: readonly (readonly number[])[] | null
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
}

/** What creating a topic made, or would have made with `validateOnly`. */
export interface CreatedTopic {
  readonly name: TopicName
  /** Null with `validateOnly`. */
  readonly topicId: string | null
  readonly numPartitions: number
  readonly replicationFactor: number
}

/** More partitions for a topic. */
export interface NewPartitions {
  readonly topic: TopicName
  readonly totalCount: number
  /** Node ids for each added partition; null: the cluster chooses. */
  readonly assignments: readonly (readonly number[])[] | null
}

/** Up to where a partition's messages are deleted. */
export interface DeletedRecords {
  readonly partition: number
  /** The first offset that stays; null: the high watermark, so that nothing stays. */
  readonly before: Offset | null
}

/** Where a partition's log starts after a deletion. */
export interface LowWatermark {
  readonly partition: number
  readonly offset: Offset
}

/** Whether Kafka only checks the request. */
export interface ValidateOption extends CallOptions {
  readonly validateOnly?: boolean
}

/** Changes topics. A topic is there for every reader of this process once its creation has resolved. */
export interface TopicAdmin {
  /** One outcome for each topic, in order. */
  createTopics(topics: readonly NewTopic[], options?: ValidateOption): Promise<readonly Outcome<CreatedTopic>[]>
  /** One outcome for each name, in order. */
  deleteTopics(names: readonly TopicName[], options?: CallOptions): Promise<readonly Outcome<TopicName>[]>
  createPartitions(request: NewPartitions, options?: ValidateOption): Promise<Outcome<TopicName>>
  /**
   * Deletes the oldest messages. One outcome for each, in order; OFFSET_OUT_OF_RANGE beyond the high watermark,
   * POLICY_VIOLATION where the topic is compacted only. An offset below the start of the log deletes nothing.
   */
  deleteRecords(
    topic: TopicName,
    before: readonly DeletedRecords[],
    options?: CallOptions,
  ): Promise<readonly Outcome<LowWatermark>[]>
}

/** How messages are written. */
export interface ProduceOptions extends CallOptions {
  readonly acks: Acks
  readonly compressionType: CompressionType
  /** All messages become visible to READ_COMMITTED readers at once, or none ever does. Needs acks ALL. */
  readonly transactional: boolean
  /** Milliseconds within which every message is answered. */
  readonly timeoutMs: number
}

/** Writes messages. */
export interface MessageSink {
  /**
   * One outcome for each message, in order, within the timeout, whatever happens to Kafka: where it was written,
   * why it was refused, or OUTCOME_UNKNOWN when it was sent and nothing came back. Creates no topic.
   * In a transaction one refused message refuses its neighbours too: TRANSACTION_ABORTED.
   */
  produce(messages: readonly OutgoingMessage[], options: ProduceOptions): Promise<readonly Outcome<ProducedMessage>[]>
}
