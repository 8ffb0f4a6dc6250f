import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from './cluster.ts'
import type { EpochMs } from './epoch-ms.ts'
import type { Outcome } from './kafka-error.ts'
import type { Acks, CompressionType, IsolationLevel, OutgoingMessage, ProducedMessage } from './message.ts'
import type { Offset } from './offset.ts'
import type { TopicName } from './topic-name.ts'

/** Options of every call. The caller may abort it; each call also has its own deadline. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/**
 * Which offset of a partition to look up: either end, the first at or after a time (epoch ms), or the first message
 * with the greatest timestamp.
 */
export type OffsetQuery = 'earliest' | 'latest' | 'maxTimestamp' | { readonly timestamp: EpochMs }

/** One offset to look up. The isolation level decides what `latest` means: last stable offset or high watermark. */
export interface OffsetRequest {
  readonly topic: TopicName
  readonly partition: number
  readonly at: OffsetQuery
  readonly isolationLevel: IsolationLevel
}

/** An offset that was found. All null if no message is that recent, or the partition is empty. */
export interface OffsetFound {
  readonly offset: Offset | null
  /** Timestamp of the message at that offset; null for earliest and latest. */
  readonly timestamp: EpochMs | null
  /** Leader epoch of the message at that offset; null if the broker does not report it. */
  readonly leaderEpoch: number | null
}

/** Which configs of a resource to read, in how much detail. */
export interface ConfigOptions extends CallOptions {
  /** Only these configs; all if omitted. */
  readonly names?: readonly string[]
  readonly includeSynonyms?: boolean
  readonly includeDocumentation?: boolean
}

/** How much detail about the cluster. */
export interface ClusterOptions extends CallOptions {
  /** Whether to look up the controller, which costs a request. Default true; if false, `controllerId` is null. */
  readonly includeController?: boolean
}

/** Reads brokers, topics, partitions, offsets and configs. Reading never creates anything. */
export interface Catalog {
  /** @throws KafkaError KAFKA_UNAVAILABLE if no broker answers in time, like every method here. */
  describeCluster(options?: ClusterOptions): Promise<ClusterDescription>
  /** Every topic, including internal ones, sorted by name. */
  listTopics(options?: CallOptions): Promise<readonly TopicDescription[]>
  /** One outcome per name, in order; UNKNOWN_TOPIC_OR_PARTITION if the topic does not exist. */
  describeTopics(names: readonly TopicName[], options?: CallOptions): Promise<readonly Outcome<TopicDescription>[]>
  /** One outcome per request, in order. */
  listOffsets(requests: readonly OffsetRequest[], options?: CallOptions): Promise<readonly Outcome<OffsetFound>[]>
  /** One outcome per resource, in order; entries are sorted by name. */
  describeConfigs(
    resources: readonly ConfigResource[],
    options?: ConfigOptions,
  ): Promise<readonly Outcome<readonly ConfigEntry[]>[]>
}

/** A topic to create. `replicaAssignments[partition]` lists node ids and replaces the two counts. */
export interface NewTopic {
  readonly name: TopicName
  /** Null uses the broker's `num.partitions`. */
  readonly numPartitions: number | null
  /** Null uses the broker's `default.replication.factor`. */
  readonly replicationFactor: number | null
  readonly replicaAssignments: readonly (readonly number[])[] | null
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
}

/** The created topic. With `validateOnly`: the topic that would have been created. */
export interface CreatedTopic {
  readonly name: TopicName
  /** Null with `validateOnly`. */
  readonly topicId: string | null
  readonly numPartitions: number
  readonly replicationFactor: number
}

/** Partitions to add to a topic. */
export interface NewPartitions {
  readonly topic: TopicName
  readonly totalCount: number
  /** Node ids for each added partition; null lets the cluster choose. */
  readonly assignments: readonly (readonly number[])[] | null
}

/** How far to delete a partition's messages. */
export interface DeletedRecords {
  readonly partition: number
  /** The first offset to keep; null deletes up to the high watermark. */
  readonly before: Offset | null
}

/** The start of a partition's log after a deletion. */
export interface LowWatermark {
  readonly partition: number
  readonly offset: Offset
}

/** Whether Kafka only validates the request. */
export interface ValidateOption extends CallOptions {
  readonly validateOnly?: boolean
}

/** Changes topics. Once a creation resolves, every reader of this process sees the topic. */
export interface TopicAdmin {
  /** One outcome per topic, in order. */
  createTopics(topics: readonly NewTopic[], options?: ValidateOption): Promise<readonly Outcome<CreatedTopic>[]>
  /** One outcome per name, in order. */
  deleteTopics(names: readonly TopicName[], options?: CallOptions): Promise<readonly Outcome<TopicName>[]>
  createPartitions(request: NewPartitions, options?: ValidateOption): Promise<Outcome<TopicName>>
  /**
   * Deletes the oldest messages. One outcome per partition, in order: OFFSET_OUT_OF_RANGE beyond the high watermark,
   * POLICY_VIOLATION if the topic is only compacted. An offset below the start of the log deletes nothing.
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
  /** READ_COMMITTED readers see all messages at once, or none. Needs acks ALL. */
  readonly transactional: boolean
  /** Every message gets its outcome within this many milliseconds. */
  readonly timeoutMs: number
}

/** Writes messages. */
export interface MessageSink {
  /**
   * One outcome per message, in order, within the timeout, whatever happens to Kafka: where it was stored, why it was
   * refused, or OUTCOME_UNKNOWN if it was sent and the response was lost. Never creates a topic. If one message of a
   * transaction is refused, the others fail with TRANSACTION_ABORTED.
   */
  produce(messages: readonly OutgoingMessage[], options: ProduceOptions): Promise<readonly Outcome<ProducedMessage>[]>
}
