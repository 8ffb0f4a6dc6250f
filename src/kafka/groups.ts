import type { AclOperation } from './acl-operation.ts'
import type { KafkaError } from './kafka-error.ts'
import type { Offset } from './offset.ts'
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

/** A place to set a group's committed offset to. */
export interface NewCommittedOffset extends TopicPartition {
  readonly offset: Offset
  /** Null: unknown. */
  readonly leaderEpoch: number | null
  /** Any text; "" by default. */
  readonly metadata: string
}
