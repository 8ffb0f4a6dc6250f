import type { Catalog } from '../kafka/ports.ts'
import type { Watches } from '../kafka/watches.ts'
import { BrokerWatches } from './broker-watches.ts'
import { TopicWatches } from './topic-watches.ts'
import { WatchHouse } from './watch-house.ts'
import type { WatchLimits } from './watch-limits.ts'

/** What the watches look at Kafka with. */
export interface WatchesOptions {
  /** Without a memory: what changed a moment ago is to be seen. */
  readonly catalog: Catalog
  readonly limits: WatchLimits
}

/** The watches of a process. Disposed, every watch ends with CLOSED. */
export interface ClusterWatches extends Watches, AsyncDisposable {
  stats(): { readonly watches: number; readonly polls: number }
}

/** Watches one Kafka; nothing is asked before somebody watches. */
export const createWatches = ({ catalog, limits }: WatchesOptions): ClusterWatches => {
  const house = new WatchHouse(limits)
  const { partitionChanges, topicChanges, topicThroughput } = new TopicWatches(house, catalog)
  const { brokerChanges } = new BrokerWatches(house, catalog)
  return {
    partitionChanges,
    topicChanges,
    topicThroughput,
    brokerChanges,
    stats: () => house.stats(),
    [Symbol.asyncDispose]: async () => house[Symbol.dispose](),
  }
}
