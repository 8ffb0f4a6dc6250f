import type { Outcome } from '../errors/kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

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
export interface ValidateOption {
  readonly validateOnly?: boolean
}

/** Changes topics. Once a creation resolves, every reader of this process sees the topic. */
export interface TopicAdmin {
  /** One outcome per topic, in order. */
  createTopics(
    call: Call,
    topics: readonly NewTopic[],
    options?: ValidateOption,
  ): Promise<readonly Outcome<CreatedTopic>[]>
  /** One outcome per name, in order. */
  deleteTopics(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<TopicName>[]>
  createPartitions(call: Call, request: NewPartitions, options?: ValidateOption): Promise<Outcome<TopicName>>
  /**
   * Deletes the oldest messages. One outcome per partition, in order: OFFSET_OUT_OF_RANGE beyond the high watermark,
   * POLICY_VIOLATION if the topic is only compacted. An offset below the start of the log deletes nothing.
   */
  deleteRecords(
    call: Call,
    topic: TopicName,
    before: readonly DeletedRecords[],
  ): Promise<readonly Outcome<LowWatermark>[]>
}
