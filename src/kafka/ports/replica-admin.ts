import type { KafkaError, Outcome } from '../errors/kafka-error.ts'
import type { TopicName } from '../topic-name.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** A partition whose replicas are being moved to other brokers. */
export interface PartitionReassignment extends TopicPartition {
  /** Node ids of all replicas during the move: those that stay, those being added and those being removed. */
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

/** The desired replicas of a partition. */
export interface NewPartitionReassignment extends TopicPartition {
  /** Node ids, preferred leader first; null cancels the running reassignment. */
  readonly replicas: readonly number[] | null
}

/** How a reassignment is validated. */
export interface ReassignmentOptions {
  /** False refuses a move that changes the number of replicas (Kafka 4.1 and newer). Default true, as in Kafka. */
  readonly allowReplicationFactorChange?: boolean
}

/**
 * PREFERRED elects the first assigned replica if it is in sync. UNCLEAN elects any live replica and may lose messages.
 */
export type ElectionType = 'PREFERRED' | 'UNCLEAN'

/** The result of one partition's election. */
export interface PartitionElection extends TopicPartition {
  /** Null if a leader was elected. ELECTION_NOT_NEEDED if the right replica already leads. */
  readonly error: KafkaError | null
}

/** One replica's log on disk. */
export interface ReplicaInfo extends TopicPartition {
  /** Bytes of its segments. */
  readonly size: bigint
  /** Messages it lags behind: a future log behind the log it will replace, other logs behind the high watermark. */
  readonly offsetLag: bigint
  /** True for a copy in another directory of the same broker that will replace the current log. */
  readonly isFuture: boolean
}

/** One of a broker's data directories. */
export interface LogDirDescription {
  readonly path: string
  /** KAFKA_STORAGE_ERROR if the disk failed; otherwise null. */
  readonly error: KafkaError | null
  /** Bytes of the volume; null if the broker does not report it. */
  readonly totalBytes: bigint | null
  readonly usableBytes: bigint | null
  /** Whether the broker places no new replicas here (`cordoned.log.dirs`); null before Kafka 4.3. */
  readonly isCordoned: boolean | null
  /** Sorted by topic and partition. */
  readonly replicas: readonly ReplicaInfo[]
}

/** Moves replicas, elects leaders and describes disks. */
export interface ReplicaAdmin {
  /**
   * Starts or cancels reassignments; they are not finished when this resolves. One outcome per reassignment, in order.
   */
  alterPartitionReassignments(
    call: Call,
    reassignments: readonly NewPartitionReassignment[],
    options?: ReassignmentOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** The running reassignments of these topics, or of all, sorted by topic and partition. Missing topics have none. */
  listPartitionReassignments(call: Call, topics: readonly TopicName[] | null): Promise<readonly PartitionReassignment[]>
  /** One result per partition, in order. Null elects for every partition that needs it and returns only those. */
  electLeaders(
    call: Call,
    electionType: ElectionType,
    partitions: readonly TopicPartition[] | null,
  ): Promise<readonly PartitionElection[]>
  /**
   * The directories of each broker, in the order of the ids, with the replicas of these partitions, or of all. Asks the
   * brokers in parallel. BROKER_NOT_AVAILABLE or KAFKA_UNAVAILABLE if a broker is down.
   */
  describeLogDirs(
    call: Call,
    nodeIds: readonly number[],
    partitions: readonly TopicPartition[] | null,
  ): Promise<readonly Outcome<readonly LogDirDescription[]>[]>
}
