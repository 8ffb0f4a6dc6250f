import type { AclOperation } from './acl-operation.ts'
import type { KafkaError, Outcome } from './kafka-error.ts'
import type { Offset } from './offset.ts'
import type { CallOptions } from './ports.ts'
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

/** Reads groups of every protocol. Reading never joins, commits or creates anything. */
export interface Groups {
  /** Asks all brokers in parallel. @throws KafkaError KAFKA_UNAVAILABLE if none answers. */
  listGroups(options?: CallOptions): Promise<GroupList>
  /**
   * One outcome per id, in order; GROUP_ID_NOT_FOUND if the group does not exist. Sends one request per coordinator and
   * type.
   */
  describeGroups(groupIds: readonly string[], options?: CallOptions): Promise<readonly Outcome<GroupDescription>[]>
  /**
   * The committed offsets of each group, in the order of the ids, each sorted by topic and partition. Partitions
   * without a commit are left out. Share groups: the start offset of each partition. Sends one request per coordinator.
   */
  committedOffsets(
    groupIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Outcome<readonly CommittedOffset[]>[]>
}

/** A committed offset to set. */
export interface NewCommittedOffset extends TopicPartition {
  readonly offset: Offset
  /** Null if unknown. */
  readonly leaderEpoch: number | null
  /** Free text. */
  readonly metadata: string
}

/**
 * Changes groups. Kafka refuses to change offsets of a group with members: UNKNOWN_MEMBER_ID or
 * GROUP_SUBSCRIBED_TO_TOPIC.
 */
export interface GroupAdmin {
  /** Commits offsets without joining the group. One outcome per offset, in order. */
  alterOffsets(
    groupId: string,
    offsets: readonly NewCommittedOffset[],
    options?: CallOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /**
   * Deletes committed offsets. One outcome per partition, in order. A share group deletes whole topics: the request
   * must name every partition of the topic that the group has started, or it fails with INVALID_REQUEST.
   */
  deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** One outcome per id, in order. */
  deleteGroups(groupIds: readonly string[], options?: CallOptions): Promise<readonly Outcome<string>[]>
  /** Removes static members by their `group.instance.id`. One outcome per member, in order. */
  removeMembers(
    groupId: string,
    groupInstanceIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Outcome<string>[]>
}
