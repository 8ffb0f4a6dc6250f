import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../cluster.ts'
import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type { IsolationLevel } from '../message.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

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
export interface ConfigOptions {
  /** Only these configs; all if omitted. */
  readonly names?: readonly string[]
  readonly includeSynonyms?: boolean
  readonly includeDocumentation?: boolean
}

/** How much detail about the cluster. */
export interface ClusterOptions {
  /** Whether to look up the controller, which costs a request. Default true; if false, `controllerId` is null. */
  readonly includeController?: boolean
}

/** Reads brokers, topics, partitions, offsets and configs. Reading never creates anything. */
export interface Catalog {
  /** @throws KafkaError KAFKA_UNAVAILABLE if no broker answers in time, like every method here. */
  describeCluster(call: Call, options?: ClusterOptions): Promise<ClusterDescription>
  /** Every topic, including internal ones, sorted by name. */
  listTopics(call: Call): Promise<readonly TopicDescription[]>
  /** One outcome per name, in order; UNKNOWN_TOPIC_OR_PARTITION if the topic does not exist. */
  describeTopics(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<TopicDescription>[]>
  /** One outcome per request, in order. */
  listOffsets(call: Call, requests: readonly OffsetRequest[]): Promise<readonly Outcome<OffsetFound>[]>
  /** One outcome per resource, in order; entries are sorted by name. */
  describeConfigs(
    call: Call,
    resources: readonly ConfigResource[],
    options?: ConfigOptions,
  ): Promise<readonly Outcome<readonly ConfigEntry[]>[]>
}
