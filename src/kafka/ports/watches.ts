import type { BrokerDescription, ConfigEntry, PartitionDescription, TopicDescription } from '../cluster.ts'
import type { ClusterHealth } from '../cluster-health.ts'
import type { CommittedOffset, GroupDescription, GroupListing, GroupMemberDescription, GroupState } from '../groups.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'
import type { PartitionReassignment } from './replica-admin.ts'

/** A partition has a new leader, or its leader was elected again after others. */
export interface LeaderChanged {
  readonly kind: 'leaderChanged'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
  /** Null if the partition was offline. */
  readonly from: number | null
  readonly to: number
}

/** Replicas left or joined the in-sync set. */
export interface IsrChanged {
  readonly kind: 'isrChanged'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** A partition lost its leader. */
export interface PartitionWentOffline {
  readonly kind: 'partitionWentOffline'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
}

/** Changes of partitions. */
export type PartitionChange = LeaderChanged | IsrChanged | PartitionWentOffline

/** Changes of topics. A recreated topic is reported as deleted, then created. */
export type TopicChange =
  | { readonly kind: 'topicCreated'; readonly topic: TopicDescription }
  | { readonly kind: 'topicDeleted'; readonly topic: TopicDescription }
  | { readonly kind: 'partitionsAdded'; readonly topic: TopicDescription; readonly from: number; readonly to: number }
  /** `entries`: the changed configs with their new values. */
  | { readonly kind: 'topicConfigChanged'; readonly topic: TopicDescription; readonly entries: readonly ConfigEntry[] }

/** Changes of brokers. */
export type BrokerChange =
  | { readonly kind: 'brokerJoined'; readonly broker: BrokerDescription }
  | { readonly kind: 'brokerLeft'; readonly broker: BrokerDescription }
  | { readonly kind: 'controllerChanged'; readonly from: number | null; readonly to: number | null }

/** The growth rate of one partition. */
export interface PartitionThroughput {
  readonly partition: number
  readonly messagesInPerSecond: number
  readonly latestOffset: Offset
}

/** The growth rate of a topic: the sum over its partitions. */
export interface TopicThroughput {
  readonly topic: TopicDescription
  readonly messagesInPerSecond: number
  readonly partitions: readonly PartitionThroughput[]
}

/** A snapshot of the cluster's health. */
export interface HealthSeen {
  readonly brokerCount: number
  readonly topics: readonly TopicDescription[]
  readonly health: ClusterHealth
}

/** Changes of groups. A new group changes from DEAD. */
export type GroupChange =
  | { readonly kind: 'groupStateChanged'; readonly group: GroupDescription; readonly from: GroupState }
  | { readonly kind: 'groupMemberJoined'; readonly group: GroupDescription; readonly member: GroupMemberDescription }
  | { readonly kind: 'groupMemberLeft'; readonly group: GroupDescription; readonly member: GroupMemberDescription }
  /** `group`: its last known state. */
  | { readonly kind: 'groupDeleted'; readonly group: GroupDescription }

/** A group's committed offset in one partition, with the end of that partition. */
export interface GroupOffset extends CommittedOffset {
  readonly group: GroupListing
  /**
   * The high watermark; the last known one while the partition has no leader; null if none is known or the partition
   * was deleted.
   */
  readonly latestOffset: Offset | null
}

/**
 * One subscriber's position in a changing state. It is pulled, and nothing is queued for it: a subscriber that pauses
 * receives the diff to its last snapshot, so several changes merge into one. Subscribers at the same position receive
 * the same objects. `return()` settles a pending `next()` and frees all memory at once.
 */
export interface Watch<E extends object> extends AsyncIterableIterator<E, undefined>, AsyncDisposable {
  return(): Promise<IteratorResult<E, undefined>>
}

/** The shortest interval between two events that a watcher accepts. */
export interface WatchPace {
  readonly intervalMs: number
}

/** Watches topics by name; null watches all topics, including future ones. */
export interface TopicsWatched extends WatchPace {
  readonly topics: readonly TopicName[] | null
}

/** Which groups to watch. */
export interface GroupsWatched {
  /** Null watches all groups, including future ones. Too many groups fail with INVALID_REQUEST. */
  readonly groupIds: readonly string[] | null
  /** Filters those groups. Must not depend on a group's state. */
  readonly covers: (group: Pick<GroupListing, 'groupId' | 'type'>) => boolean
  /** Equal keys mean equal filters, so the watches can share a poll. */
  readonly key: string
}

/** Which groups' lag to watch, and how often. */
export interface GroupLagWatched extends Omit<GroupsWatched, 'covers'>, WatchPace {
  readonly covers: (group: GroupListing) => boolean
  /** A group is left out while this is false for its offsets. */
  readonly holds: (offsets: readonly GroupOffset[]) => boolean
  readonly minChange: bigint
}

/**
 * Watches changes of the cluster. All watches of the same thing share one poll of Kafka, at the shortest requested
 * interval; without watches there is no poll. Watches survive a Kafka outage and then report what changed during it.
 * Every method resolves once the current state is known, and reports every later change.
 * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION if a named topic does not exist, KAFKA_UNAVAILABLE if no broker
 * answers. A watch ends with TOPIC_DELETED or TOPIC_RECREATED if a named topic is deleted, and with any permanent
 * refusal by Kafka.
 */
export interface Watches {
  partitionChanges(call: Call, watched: TopicsWatched): Promise<Watch<PartitionChange>>
  /** `matches` receives the current topic; for a deleted topic, its last known state. */
  topicChanges(
    call: Call,
    watched: { readonly matches: (topic: TopicDescription) => boolean; readonly key: string },
  ): Promise<Watch<TopicChange>>
  brokerChanges(call: Call): Promise<Watch<BrokerChange>>
  /** Yields the current health first, then every change of it. */
  clusterHealth(call: Call, watched: WatchPace): Promise<Watch<HealthSeen>>
  /** One list per interval, sorted by name. A recreated topic starts again from zero. */
  topicThroughput(
    call: Call,
    watched: { readonly topics: readonly TopicName[] } & WatchPace,
  ): Promise<Watch<readonly TopicThroughput[]>>
  /** Named groups need not exist yet: their creation is reported. `accepts` filters the changes. */
  groupChanges(
    call: Call,
    watched: GroupsWatched & { readonly accepts: (change: GroupChange) => boolean },
  ): Promise<Watch<GroupChange>>
  /**
   * Yields all offsets first, then each partition whose offset, high watermark or lag differs from the last event by at
   * least `minChange`. Fails with GROUP_ID_NOT_FOUND if a named group does not exist, and ends with it if the group is
   * deleted.
   */
  groupLag(call: Call, watched: GroupLagWatched): Promise<Watch<readonly GroupOffset[]>>
  /** Yields the running reassignments first, then each change. A finished one has no replicas to add or remove. */
  reassignments(
    call: Call,
    watched: { readonly topics: readonly TopicName[] | null },
  ): Promise<Watch<PartitionReassignment>>
}
