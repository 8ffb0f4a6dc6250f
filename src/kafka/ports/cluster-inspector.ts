import type { AclOperation } from '../acl-operation.ts'
import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../kafka-error.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

/** One node's copy of the log of metadata. */
export interface QuorumReplica {
  readonly replicaId: number
  /** UUID of the directory that holds it; null where Kafka does not tell. */
  readonly replicaDirectoryId: string | null
  /** Null while the leader does not know. */
  readonly logEndOffset: bigint | null
  /** Epoch ms, by the leader's clock; null when not told. */
  readonly lastFetchTimestamp: EpochMs | null
  /** Epoch ms when it last had all that the leader had; null when not told. */
  readonly lastCaughtUpTimestamp: EpochMs | null
}

/** The controllers, who agree on the cluster's metadata by a log of their own. */
export interface MetadataQuorum {
  /** Node id; null while one is being elected. */
  readonly leaderId: number | null
  readonly leaderEpoch: number
  readonly highWatermark: bigint
  /** Controllers that vote. Both lists sorted by node id. */
  readonly voters: readonly QuorumReplica[]
  /** Those that only copy: the brokers. */
  readonly observers: readonly QuorumReplica[]
}

/** A feature that the whole cluster has settled on. */
export interface FinalizedFeature {
  readonly name: string
  readonly minVersionLevel: number
  readonly maxVersionLevel: number
}

/** The versions of one request that a broker speaks. */
export interface ApiVersionRange {
  readonly apiKey: number
  /** Kafka's name; "UNKNOWN" for a request younger than this gateway. */
  readonly name: string
  readonly minVersion: number
  readonly maxVersion: number
}

/** A broker with whether it is fenced: registered, but not yet, or no longer, allowed to serve. */
export interface BrokerRegistration {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly isFenced: boolean
}

/** Reads what the cluster tells about itself besides its topics. */
export interface ClusterInspector {
  /** @throws KafkaError KAFKA_UNAVAILABLE when no broker answers in time, UNSUPPORTED_VERSION where none can tell. */
  describeQuorum(call: Call): Promise<MetadataQuorum>
  /** Sorted by name. */
  describeFeatures(call: Call): Promise<readonly FinalizedFeature[]>
  /** Of one broker, or of any for null, sorted by key. @throws KafkaError BROKER_NOT_AVAILABLE when it is down. */
  apiVersions(call: Call, nodeId: number | null): Promise<readonly ApiVersionRange[]>
  /** Every broker that is registered, fenced ones too, sorted by node id; null where Kafka is too old to tell (before 4.0). */
  registeredBrokers(call: Call): Promise<readonly BrokerRegistration[] | null>
  /** What this gateway's principal may do with the cluster; null when not told. */
  clusterOperations(call: Call): Promise<readonly AclOperation[] | null>
  /** The same for each topic, in order. */
  topicOperations(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<readonly AclOperation[] | null>[]>
}
