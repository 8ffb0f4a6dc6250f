import type { BrokerDescription, ConfigEntry, PartitionDescription, TopicDescription } from './cluster.ts'
import type { Offset } from './offset.ts'
import type { CallOptions } from './ports.ts'
import type { TopicName } from './topic-name.ts'

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

/**
 * Tells changes of the cluster. One poll of Kafka serves everybody who watches the same thing, at the shortest interval among
 * them; nobody there, no poll. While Kafka does not answer, watches stay open, and go on with what has changed meanwhile.
 * Every method resolves when the present state is known: what changes from then on is told.
 * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION for a topic named that is not there, KAFKA_UNAVAILABLE when nobody answers.
 * Ends with TOPIC_DELETED or TOPIC_RECREATED when a topic named goes, and with what Kafka refuses for good.
 */
export interface Watches {
  partitionChanges(watched: TopicsWatched, options?: CallOptions): Promise<Watch<PartitionChange>>
  /** `matches` is asked for the topic as it is; for a deleted one, as it was. */
  topicChanges(
    watched: { readonly matches: (topic: TopicDescription) => boolean; readonly key: string },
    options?: CallOptions,
  ): Promise<Watch<TopicChange>>
  brokerChanges(options?: CallOptions): Promise<Watch<BrokerChange>>
  /** Every interval; a recreated topic starts anew. One list an event, sorted by name. */
  topicThroughput(
    watched: { readonly topics: readonly TopicName[] } & WatchPace,
    options?: CallOptions,
  ): Promise<Watch<readonly TopicThroughput[]>>
}
