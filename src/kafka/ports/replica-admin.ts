import type { KafkaError, Outcome } from '../kafka-error.ts'
import type { TopicName } from '../topic-name.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** A partition whose replicas are being moved to other brokers. */
export interface PartitionReassignment extends TopicPartition {
  /** Node ids of all replicas while it lasts: those that stay, those being added and those being removed. */
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

/** Where a partition's replicas shall be. */
export interface NewPartitionReassignment extends TopicPartition {
  /** Node ids, the preferred leader first; null cancels the move under way. */
  readonly replicas: readonly number[] | null
}

/** How a reassignment is checked. */
export interface ReassignmentOptions {
  /** False: a move that changes the number of replicas is refused (Kafka 4.1 and newer). True by default, as Kafka has it. */
  readonly allowReplicationFactorChange?: boolean
}

/** Who may win an election: the first assigned replica if it is in sync, or, with lost messages, any that is alive. */
export type ElectionType = 'PREFERRED' | 'UNCLEAN'

/** What became of one partition of an election. */
export interface PartitionElection extends TopicPartition {
  /** Null: a leader was elected. ELECTION_NOT_NEEDED: the right one led already. */
  readonly error: KafkaError | null
}

/** One replica's log on a disk. */
export interface ReplicaInfo extends TopicPartition {
  /** Bytes of its segments. */
  readonly size: bigint
  /** Messages that it is behind: of a future log behind the one it will replace, else behind the high watermark. */
  readonly offsetLag: bigint
  /** A copy in another directory of the same broker that will replace the present one. */
  readonly isFuture: boolean
}

/** One of a broker's data directories. */
export interface LogDirDescription {
  readonly path: string
  /** KAFKA_STORAGE_ERROR for a disk that has failed; else null. */
  readonly error: KafkaError | null
  /** Of its volume, bytes; null where the broker does not tell. */
  readonly totalBytes: bigint | null
  readonly usableBytes: bigint | null
  /** Whether new replicas are kept off it (`cordoned.log.dirs`); null before Kafka 4.3. */
  readonly isCordoned: boolean | null
  /** Sorted by topic and partition. */
  readonly replicas: readonly ReplicaInfo[]
}

/** Moves replicas, elects leaders, and tells what lies on the disks. */
export interface ReplicaAdmin {
  /** One outcome for each, in order; each is begun (or cancelled), not finished, when this resolves. */
  alterPartitionReassignments(
    call: Call,
    reassignments: readonly NewPartitionReassignment[],
    options?: ReassignmentOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** The moves under way, of these topics or of all, sorted by topic and partition. Topics that do not exist have none. */
  listPartitionReassignments(call: Call, topics: readonly TopicName[] | null): Promise<readonly PartitionReassignment[]>
  /** One result for each partition, in order. Null: all partitions of the cluster that need one; only those are answered. */
  electLeaders(
    call: Call,
    electionType: ElectionType,
    partitions: readonly TopicPartition[] | null,
  ): Promise<readonly PartitionElection[]>
  /**
   * The directories of each broker, in order of the ids, asked side by side; replicas of these partitions, or all.
   * BROKER_NOT_AVAILABLE or KAFKA_UNAVAILABLE where a broker is down.
   */
  describeLogDirs(
    call: Call,
    nodeIds: readonly number[],
    partitions: readonly TopicPartition[] | null,
  ): Promise<readonly Outcome<readonly LogDirDescription[]>[]>
}
