import type { TopicName } from './topic-name.ts'

/** A broker and its address. */
export interface BrokerDescription {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** The broker's rack (`broker.rack`); null if not set. */
  readonly rack: string | null
}

/** The brokers of a Kafka cluster and its active controller. */
export interface ClusterDescription {
  readonly clusterId: string
  /** Node id of the active controller; null during an election. */
  readonly controllerId: number | null
  readonly brokers: readonly BrokerDescription[]
}

/** One partition: an append-only log with replicas on several brokers, one of which leads. */
export interface PartitionDescription {
  readonly partition: number
  /** Node id of the leader; null if there is none. */
  readonly leader: number | null
  /** Increases with each election; null if the broker does not report it. */
  readonly leaderEpoch: number | null
  /** Node ids in order of assignment; the first is the preferred leader. */
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offlineReplicas: readonly number[]
  /**
   * Replicas out of sync that still have every acknowledged message, so they may lead without loss (KIP-966). Null if
   * not reported.
   */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** The eligible replicas at the time the last one left. Null if not reported. */
  readonly lastKnownEligibleLeaderReplicas: readonly number[] | null
}

/** A named stream of messages, split into partitions. */
export interface TopicDescription {
  readonly name: TopicName
  /** UUID in 8-4-4-4-12 form. A recreated topic gets a new one. */
  readonly topicId: string
  readonly isInternal: boolean
  /** In ascending order of `partition`. */
  readonly partitions: readonly PartitionDescription[]
}

/** Where a config's value comes from, with Kafka's names. */
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

/** The type of a config's value, with Kafka's names. */
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

/** One source of a config's value. Sources are listed by precedence. */
export interface ConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: ConfigSource
}

/** One config of a resource, as the broker reports it. */
export interface ConfigEntry {
  readonly name: string
  /** Null if sensitive: the broker never sends it. */
  readonly value: string | null
  readonly source: ConfigSource
  readonly type: ConfigType
  readonly isSensitive: boolean
  readonly isReadOnly: boolean
  /** Empty unless requested. */
  readonly synonyms: readonly ConfigSynonym[]
  /** Null unless requested. */
  readonly documentation: string | null
}

/** The kinds of resources with configs, with Kafka's names. */
export type ConfigResourceType = 'TOPIC' | 'BROKER' | 'BROKER_LOGGER' | 'CLIENT_METRICS' | 'GROUP'

/** A resource with configs. Brokers are named by node id; BROKER "" holds the defaults of all brokers. */
export interface ConfigResource {
  readonly type: ConfigResourceType
  readonly name: string
}
