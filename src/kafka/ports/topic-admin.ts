import type { Outcome } from '../errors/kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

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
export interface ValidateOption {
  readonly validateOnly?: boolean
}

/** Changes topics. A topic is there for every reader of this process once its creation has resolved. */
export interface TopicAdmin {
  /** One outcome for each topic, in order. */
  createTopics(
    call: Call,
    topics: readonly NewTopic[],
    options?: ValidateOption,
  ): Promise<readonly Outcome<CreatedTopic>[]>
  /** One outcome for each name, in order. */
  deleteTopics(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<TopicName>[]>
  createPartitions(call: Call, request: NewPartitions, options?: ValidateOption): Promise<Outcome<TopicName>>
  /**
   * Deletes the oldest messages. One outcome for each, in order; OFFSET_OUT_OF_RANGE beyond the high watermark,
   * POLICY_VIOLATION where the topic is compacted only. An offset below the start of the log deletes nothing.
   */
  deleteRecords(
    call: Call,
    topic: TopicName,
    before: readonly DeletedRecords[],
  ): Promise<readonly Outcome<LowWatermark>[]>
}
