import type { TopicName } from './topic-name.ts'

/** One Kafka server. */
export interface BrokerDescription {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Where the broker stands (`broker.rack`), null when not told. */
  readonly rack: string | null
}

/** The brokers that make one Kafka, and the one that leads the controllers. */
export interface ClusterDescription {
  readonly clusterId: string
  /** Node id of the active controller; null while one is being elected. */
  readonly controllerId: number | null
  readonly brokers: readonly BrokerDescription[]
}

/** One partition: an append-only log, copied to several brokers, of which one leads. */
export interface PartitionDescription {
  readonly partition: number
  /** Node id of the leader; null while the partition has none. */
  readonly leader: number | null
  /** Grows by one with each election; null where the broker does not tell. */
  readonly leaderEpoch: number | null
  /** Node ids in the order of assignment: the first is the preferred leader. */
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offlineReplicas: readonly number[]
  /** Out of sync, but with all that was ever acknowledged: they may lead without loss (KIP-966). Null: not told. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** Those that were when the last replica left. Null: not told. */
  readonly lastKnownEligibleLeaderReplicas: readonly number[] | null
}

/** A named stream of messages, split into partitions. */
export interface TopicDescription {
  readonly name: TopicName
  /** UUID in its 8-4-4-4-12 form; another one after the topic is deleted and created again. */
  readonly topicId: string
  readonly isInternal: boolean
  /** In ascending order of `partition`. */
  readonly partitions: readonly PartitionDescription[]
}

/** Where a config's value comes from; Kafka's names. */
export type ConfigSource =
  | 'DYNAMIC_TOPIC_CONFIG'
  | 'DYNAMIC_BROKER_LOGGER_CONFIG'
  | 'DYNAMIC_BROKER_CONFIG'
  | 'DYNAMIC_DEFAULT_BROKER_CONFIG'
  | 'DYNAMIC_CLIENT_METRICS_CONFIG'
  | 'DYNAMIC_GROUP_CONFIG'
  | 'STATIC_BROKER_CONFIG'
  | 'DEFAULT_CONFIG'
  | 'UNKNOWN'

/** What a config's value is; Kafka's names. */
export type ConfigType =
  | 'UNKNOWN'
  | 'BOOLEAN'
  | 'STRING'
  | 'INT'
  | 'SHORT'
  | 'LONG'
  | 'DOUBLE'
  | 'LIST'
  | 'CLASS'
  | 'PASSWORD'

/** One of the places that could set a config, in the order in which they win. */
export interface ConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: ConfigSource
}

/** One setting of a resource, as the broker sees it. */
export interface ConfigEntry {
  readonly name: string
  /** Null when sensitive: the broker never tells. */
  readonly value: string | null
  readonly source: ConfigSource
  readonly type: ConfigType
  readonly isSensitive: boolean
  readonly isReadOnly: boolean
  /** Empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[]
  /** Null unless asked for. */
  readonly documentation: string | null
}

/** What has configs; Kafka's names. */
export type ConfigResourceType = 'TOPIC' | 'BROKER' | 'BROKER_LOGGER' | 'CLIENT_METRICS' | 'GROUP'

/**
 * A resource whose configs can be read and altered. Brokers are named by node id; BROKER "" stands for what all brokers
 * without a setting of their own take.
 */
export interface ConfigResource {
  readonly type: ConfigResourceType
  readonly name: string
}
