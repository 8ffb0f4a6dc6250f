import type { AclOperation } from './acl-operation.ts'
import type { KafkaError, Outcome } from './kafka-error.ts'
import type { Offset } from './offset.ts'
import type { CallOptions } from './ports.ts'
import type { TopicName } from './topic-name.ts'
import type { TopicPartition } from './topic-partition.ts'

/** Which protocol a group speaks; Kafka's names. CLASSIC groups are balanced by a member, the others by the broker. */
export type GroupType = 'UNKNOWN' | 'CONSUMER' | 'CLASSIC' | 'SHARE' | 'STREAMS'

/** What a group is doing; Kafka's names. */
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
  /** What its members agree on: "consumer" for consumers, "connect" for Connect workers, "" for a group of commits only. */
  readonly protocol: string
  readonly state: GroupState
  /** Node id of the coordinator: the broker that listed it. */
  readonly coordinator: number
}

/** Every group that could be listed. A broker that does not answer hides the groups that it coordinates: it is named. */
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
  /** Empty while the member has none, or where it is not a consumer's and cannot be read. */
  readonly assignment: readonly TopicPartition[]
  /** What the coordinator wants it to have; null in classic groups. */
  readonly targetAssignment: readonly TopicPartition[] | null
  /** Null in classic groups. */
  readonly memberEpoch: number | null
  /** Whether it speaks the consumer protocol in a group that still has classic members; null where Kafka does not tell. */
  readonly isUpgraded: boolean | null
}

/** A group with its members. */
export interface GroupDescription {
  readonly groupId: string
  readonly type: GroupType
  readonly protocol: string
  readonly state: GroupState
  /** Node id; null while the group has no coordinator that answers. */
  readonly coordinator: number | null
  /** The assignor in use ("range", "uniform", …); null while there is none. */
  readonly partitionAssignor: string | null
  /** Null in classic groups. */
  readonly groupEpoch: number | null
  readonly targetAssignmentEpoch: number | null
  readonly members: readonly GroupMemberDescription[]
  /** Null where the broker does not tell. */
  readonly authorizedOperations: readonly AclOperation[] | null
}

/** Where a group reads on in one partition. */
export interface CommittedOffset {
  readonly topic: TopicName
  readonly partition: number
  readonly offset: Offset
  /** Leader epoch of the last message that was read; null when the consumer did not tell. */
  readonly leaderEpoch: number | null
  readonly metadata: string
  /**
   * In share groups only, where the broker counts it, since messages are acknowledged out of order: null where it does not
   * tell (before Kafka 4.2). In other groups the lag is what lies between the offset and the end.
   */
  readonly lag?: bigint | null
}

/** Reads groups, whatever protocol they speak. Nothing joins, commits or is created by asking. */
export interface Groups {
  /** Of every broker, asked side by side. @throws KafkaError KAFKA_UNAVAILABLE when none answers. */
  listGroups(options?: CallOptions): Promise<GroupList>
  /**
   * One outcome for each id, in order, in as few requests as there are coordinators and types.
   * GROUP_ID_NOT_FOUND where there is none.
   */
  describeGroups(groupIds: readonly string[], options?: CallOptions): Promise<readonly Outcome<GroupDescription>[]>
  /**
   * What each group has committed, in order of the ids; partitions without a commit are left out. For share groups: the
   * start offset of each partition. One request a coordinator. Sorted by topic and partition.
   */
  committedOffsets(
    groupIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Outcome<readonly CommittedOffset[]>[]>
}

/** A place to set a group's committed offset to. */
export interface NewCommittedOffset extends TopicPartition {
  readonly offset: Offset
  /** Null: unknown. */
  readonly leaderEpoch: number | null
  /** Any text; "" by default. */
  readonly metadata: string
}

/** Changes groups. Kafka refuses offsets of a group that is not empty: UNKNOWN_MEMBER_ID or GROUP_SUBSCRIBED_TO_TOPIC. */
export interface GroupAdmin {
  /** Commits these offsets from outside, without joining. One outcome for each, in order. */
  alterOffsets(
    groupId: string,
    offsets: readonly NewCommittedOffset[],
    options?: CallOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /**
   * Forgets committed offsets. One outcome for each partition, in order. A share group forgets a topic as a whole:
   * INVALID_REQUEST unless all of its partitions that the group has begun are named.
   */
  deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** One outcome for each id, in order. */
  deleteGroups(groupIds: readonly string[], options?: CallOptions): Promise<readonly Outcome<string>[]>
  /** Makes static members leave, by their `group.instance.id`; one outcome for each, in order. */
  removeMembers(
    groupId: string,
    groupInstanceIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Outcome<string>[]>
}
