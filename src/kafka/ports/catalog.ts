import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../cluster.ts'
import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type { IsolationLevel } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

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
export interface ConfigOptions {
  /** Only these; all when left out. */
  readonly names?: readonly string[]
  readonly includeSynonyms?: boolean
  readonly includeDocumentation?: boolean
}

/** How much about the cluster. */
export interface ClusterOptions {
  /** Whether to ask who leads the controllers, by a request of its own. Default true; false: `controllerId` is null. */
  readonly includeController?: boolean
}

/** Reads what the cluster is: brokers, topics, partitions, offsets, configs. Nothing is created by asking. */
export interface Catalog {
  /** @throws KafkaError KAFKA_UNAVAILABLE when no broker answers in time (as every method here). */
  describeCluster(call: Call, options?: ClusterOptions): Promise<ClusterDescription>
  /** Every topic, internal ones too, sorted by name. */
  listTopics(call: Call): Promise<readonly TopicDescription[]>
  /** One outcome for each name, in order; UNKNOWN_TOPIC_OR_PARTITION where there is none. */
  describeTopics(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<TopicDescription>[]>
  /** One outcome for each request, in order. */
  listOffsets(call: Call, requests: readonly OffsetRequest[]): Promise<readonly Outcome<OffsetFound>[]>
  /** One outcome for each resource, in order; entries sorted by name. */
  describeConfigs(
    call: Call,
    resources: readonly ConfigResource[],
    options?: ConfigOptions,
  ): Promise<readonly Outcome<readonly ConfigEntry[]>[]>
}
