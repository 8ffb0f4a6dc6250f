import type { BrokerDescription, ConfigEntry, PartitionDescription, TopicDescription } from '../cluster.ts'
import type { ClusterHealth } from '../cluster-health.ts'
import type { CommittedOffset, GroupDescription, GroupListing, GroupMemberDescription, GroupState } from '../groups.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Call } from './call.ts'
import type { PartitionReassignment } from './replica-admin.ts'

/** A partition's leader is another one, or was elected again with others in between. */
export interface LeaderChanged {
  readonly kind: 'leaderChanged'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
  /** Null: the partition was offline. */
  readonly from: number | null
  readonly to: number
}

/** Replicas fell out of sync or caught up. */
export interface IsrChanged {
  readonly kind: 'isrChanged'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** A partition has no leader any more. */
export interface PartitionWentOffline {
  readonly kind: 'partitionWentOffline'
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
}

/** What happens to partitions. */
export type PartitionChange = LeaderChanged | IsrChanged | PartitionWentOffline

/** What happens to topics. A topic created anew under its name is deleted and created. */
export type TopicChange =
  | { readonly kind: 'topicCreated'; readonly topic: TopicDescription }
  | { readonly kind: 'topicDeleted'; readonly topic: TopicDescription }
  | { readonly kind: 'partitionsAdded'; readonly topic: TopicDescription; readonly from: number; readonly to: number }
  /** `entries`: those whose value is another one, as they are now. */
  | { readonly kind: 'topicConfigChanged'; readonly topic: TopicDescription; readonly entries: readonly ConfigEntry[] }

/** What happens to brokers. */
export type BrokerChange =
  | { readonly kind: 'brokerJoined'; readonly broker: BrokerDescription }
  | { readonly kind: 'brokerLeft'; readonly broker: BrokerDescription }
  | { readonly kind: 'controllerChanged'; readonly from: number | null; readonly to: number | null }

/** How fast one partition grows. */
export interface PartitionThroughput {
  readonly partition: number
  readonly messagesInPerSecond: number
  readonly latestOffset: Offset
}

/** How fast a topic grows: the sum over its partitions. */
export interface TopicThroughput {
  readonly topic: TopicDescription
  readonly messagesInPerSecond: number
  readonly partitions: readonly PartitionThroughput[]
}

/** How the cluster stands. */
export interface HealthSeen {
  readonly brokerCount: number
  readonly topics: readonly TopicDescription[]
  readonly health: ClusterHealth
}

/** What happens to groups. A group that comes into being was DEAD before. */
export type GroupChange =
  | { readonly kind: 'groupStateChanged'; readonly group: GroupDescription; readonly from: GroupState }
  | { readonly kind: 'groupMemberJoined'; readonly group: GroupDescription; readonly member: GroupMemberDescription }
  | { readonly kind: 'groupMemberLeft'; readonly group: GroupDescription; readonly member: GroupMemberDescription }
  /** `group`: as it was seen last. */
  | { readonly kind: 'groupDeleted'; readonly group: GroupDescription }

/** How far a group has read in one partition, and how far the partition has come. */
export interface GroupOffset extends CommittedOffset {
  readonly group: GroupListing
  /** The high watermark; as seen last while the partition has no leader; null when it was never seen or is gone. */
  readonly latestOffset: Offset | null
}

/**
 * One subscriber's position in something that changes, pulled: nothing is queued for it. When it is pulled after a pause it is
 * told the difference to what it has seen last, so several changes in between are told as one. Subscribers that are in step are
 * handed the very same objects. `return()` settles a waiting `next()` and frees whatever is held at once.
 */
export interface Watch<E extends object> extends AsyncIterableIterator<E, undefined>, AsyncDisposable {
  return(): Promise<IteratorResult<E, undefined>>
}

/** How often a watcher wants to hear of changes at most. */
export interface WatchPace {
  readonly intervalMs: number
}

/** Watches topics by name; null: all there are and will be. */
export interface TopicsWatched extends WatchPace {
  readonly topics: readonly TopicName[] | null
}

/** Which groups to watch. */
export interface GroupsWatched {
  /** Null: all there are and will be. INVALID_REQUEST when these are too many. */
  readonly groupIds: readonly string[] | null
  /** Which of those; what a group is doing must not matter here. */
  readonly covers: (group: Pick<GroupListing, 'groupId' | 'type'>) => boolean
  /** Equal for those that cover the same groups. */
  readonly key: string
}

/** Which groups' lag to watch, and how closely. */
export interface GroupLagWatched extends Omit<GroupsWatched, 'covers'>, WatchPace {
  readonly covers: (group: GroupListing) => boolean
  /** A group is left out while this does not hold for its offsets. */
  readonly holds: (offsets: readonly GroupOffset[]) => boolean
  readonly minChange: bigint
}

/**
 * Tells changes of the cluster. One poll of Kafka serves everybody who watches the same thing, at the shortest interval among
 * them; nobody there, no poll. While Kafka does not answer, watches stay open, and go on with what has changed meanwhile.
 * Every method resolves when the present state is known: what changes from then on is told.
 * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION for a topic named that is not there, KAFKA_UNAVAILABLE when nobody answers.
 * Ends with TOPIC_DELETED or TOPIC_RECREATED when a topic named goes, and with what Kafka refuses for good.
 */
export interface Watches {
  partitionChanges(call: Call, watched: TopicsWatched): Promise<Watch<PartitionChange>>
  /** `matches` is asked for the topic as it is; for a deleted one, as it was. */
  topicChanges(
    call: Call,
    watched: { readonly matches: (topic: TopicDescription) => boolean; readonly key: string },
  ): Promise<Watch<TopicChange>>
  brokerChanges(call: Call): Promise<Watch<BrokerChange>>
  /** First how things stand, then what is wrong whenever that changes. */
  clusterHealth(call: Call, watched: WatchPace): Promise<Watch<HealthSeen>>
  /** Every interval; a recreated topic starts anew. One list an event, sorted by name. */
  topicThroughput(
    call: Call,
    watched: { readonly topics: readonly TopicName[] } & WatchPace,
  ): Promise<Watch<readonly TopicThroughput[]>>
  /** Groups named need not be there: they are told when they come into being. `accepts`: which changes to tell. */
  groupChanges(
    call: Call,
    watched: GroupsWatched & { readonly accepts: (change: GroupChange) => boolean },
  ): Promise<Watch<GroupChange>>
  /**
   * First everything, then the partitions whose offset, high watermark or lag is another one by at least `minChange` than what
   * was told last. GROUP_ID_NOT_FOUND for a group named that is not there, and as the end when it goes.
   */
  groupLag(call: Call, watched: GroupLagWatched): Promise<Watch<readonly GroupOffset[]>>
  /** First the moves under way, then each as it changes; one that is over has no replicas to add or to remove. */
  reassignments(
    call: Call,
    watched: { readonly topics: readonly TopicName[] | null },
  ): Promise<Watch<PartitionReassignment>>
}
