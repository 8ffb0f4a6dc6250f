import type { AclOperation } from './acl-operation.ts'
import type { KafkaError } from './errors/kafka-error.ts'
import type { Offset } from './offset.ts'
import type { TopicName } from './topic-name.ts'
import type { TopicPartition } from './topic-partition.ts'

/**
 * The protocol of a group, with Kafka's names. A member assigns the partitions of a CLASSIC group, the broker those of
 * others.
 */
export type GroupType = 'UNKNOWN' | 'CONSUMER' | 'CLASSIC' | 'SHARE' | 'STREAMS'

/** The state of a group, with Kafka's names. */
export type GroupState =
  | 'UNKNOWN'
  | 'PREPARING_REBALANCE'
  | 'COMPLETING_REBALANCE'
  | 'STABLE'
  | 'DEAD'
  | 'EMPTY'
  | 'ASSIGNING'
  | 'RECONCILING'
  | 'NOT_READY'

/** A group as its coordinator lists it. */
export interface GroupListing {
  readonly groupId: string
  readonly type: GroupType
  /**
   * The protocol type: "consumer" for consumers, "connect" for Connect workers, "" for a group that only commits
   * offsets.
   */
  readonly protocol: string
  readonly state: GroupState
  /** Node id of the coordinator, which is the broker that listed the group. */
  readonly coordinator: number
}

/** All groups that could be listed. `failures` names each broker that did not answer; its groups are missing. */
export interface GroupList {
  /** Sorted by id. */
  readonly groups: readonly GroupListing[]
  readonly failures: readonly { readonly nodeId: number; readonly error: KafkaError }[]
}

/** One member of a group. */
export interface GroupMemberDescription {
  readonly memberId: string
  /** The static id (`group.instance.id`), null for a dynamic member. */
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly host: string
  readonly rackId: string | null
  /** Empty if the member has no partitions, or if it is not a consumer and its assignment cannot be decoded. */
  readonly assignment: readonly TopicPartition[]
  /** The assignment the coordinator wants the member to reach; null in classic groups. */
  readonly targetAssignment: readonly TopicPartition[] | null
  /** Null in classic groups. */
  readonly memberEpoch: number | null
  /**
   * Whether the member speaks the consumer protocol in a group that still has classic members; null if Kafka does not
   * report it.
   */
  readonly isUpgraded: boolean | null
}

/** A group with its members. */
export interface GroupDescription {
  readonly groupId: string
  readonly type: GroupType
  readonly protocol: string
  readonly state: GroupState
  /** Node id; null while no coordinator answers for the group. */
  readonly coordinator: number | null
  /** The assignor in use ("range", "uniform", …); null if there is none yet. */
  readonly partitionAssignor: string | null
  /** Null in classic groups. */
  readonly groupEpoch: number | null
  readonly targetAssignmentEpoch: number | null
  readonly members: readonly GroupMemberDescription[]
  /** Null if the broker does not report them. */
  readonly authorizedOperations: readonly AclOperation[] | null
}

/** The offset from which a group continues in one partition. */
export interface CommittedOffset {
  readonly topic: TopicName
  readonly partition: number
  readonly offset: Offset
  /** Leader epoch of the last message read; null if the consumer did not commit one. */
  readonly leaderEpoch: number | null
  readonly metadata: string
  /**
   * Share groups only: the broker counts the lag, because messages are acknowledged out of order. Null before Kafka
   * 4.2. The lag of other groups is the distance from the offset to the end.
   */
  readonly lag?: bigint | null
}

/** A committed offset to set. */
export interface NewCommittedOffset extends TopicPartition {
  readonly offset: Offset
  /** Null if unknown. */
  readonly leaderEpoch: number | null
  /** Free text. */
  readonly metadata: string
}
