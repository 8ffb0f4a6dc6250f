import type { AclOperation } from '../acl-operation.ts'
import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'

/** One node's copy of the metadata log. */
export interface QuorumReplica {
  readonly replicaId: number
  /** UUID of its directory; null if Kafka does not report it. */
  readonly replicaDirectoryId: string | null
  /** Null if the leader does not know it. */
  readonly logEndOffset: bigint | null
  /** Epoch ms by the leader's clock; null if not reported. */
  readonly lastFetchTimestamp: EpochMs | null
  /** Epoch ms of the last time it had caught up with the leader; null if not reported. */
  readonly lastCaughtUpTimestamp: EpochMs | null
}

/** The controllers. They agree on the cluster's metadata through a replicated log (KRaft). */
export interface MetadataQuorum {
  /** Node id; null during an election. */
  readonly leaderId: number | null
  readonly leaderEpoch: number
  readonly highWatermark: bigint
  /** Voting controllers. Both lists are sorted by node id. */
  readonly voters: readonly QuorumReplica[]
  /** Replicas that only copy: the brokers. */
  readonly observers: readonly QuorumReplica[]
}

/** A feature level that the whole cluster has agreed on. */
export interface FinalizedFeature {
  readonly name: string
  readonly minVersionLevel: number
  readonly maxVersionLevel: number
}

/** The versions of one request that a broker supports. */
export interface ApiVersionRange {
  readonly apiKey: number
  /** Kafka's name; "UNKNOWN" for a request that this server does not know. */
  readonly name: string
  readonly minVersion: number
  readonly maxVersion: number
}

/** A registered broker. `isFenced` is true while the controller does not let it serve. */
export interface BrokerRegistration {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly isFenced: boolean
}

/** Reads cluster information other than topics. */
export interface ClusterInspector {
  /**
   * @throws KafkaError KAFKA_UNAVAILABLE if no broker answers in time, UNSUPPORTED_VERSION if none supports the
   * request.
   */
  describeQuorum(call: Call): Promise<MetadataQuorum>
  /** Sorted by name. */
  describeFeatures(call: Call): Promise<readonly FinalizedFeature[]>
  /** Of one broker, or of any if null, sorted by key. @throws KafkaError BROKER_NOT_AVAILABLE if it is down. */
  apiVersions(call: Call, nodeId: number | null): Promise<readonly ApiVersionRange[]>
  /** Every registered broker, including fenced ones, sorted by node id; null before Kafka 4.0. */
  registeredBrokers(call: Call): Promise<readonly BrokerRegistration[] | null>
  /** What this server's principal may do with the cluster; null if not reported. */
  clusterOperations(call: Call): Promise<readonly AclOperation[] | null>
  /** What this server's principal may do with each topic, in order. */
  topicOperations(call: Call, names: readonly TopicName[]): Promise<readonly Outcome<readonly AclOperation[] | null>[]>
}
