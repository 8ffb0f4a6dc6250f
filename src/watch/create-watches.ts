import type { Groups } from '../kafka/groups.ts'
import type { Catalog, OffsetRequest } from '../kafka/ports.ts'
import type { ReplicaAdmin } from '../kafka/replica-admin.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import type { Watches } from '../kafka/watches.ts'
import { batched } from './batched.ts'
import { BrokerWatches } from './broker-watches.ts'
import { GroupWatches } from './group-watches.ts'
import { ReassignmentWatches } from './reassignment-watches.ts'
import { TopicWatches } from './topic-watches.ts'
import { WatchHouse } from './watch-house.ts'
import type { WatchLimits } from './watch-limits.ts'

/** The ports and limits of the watches. */
export interface WatchesOptions {
  /** Must not cache: recent changes have to be visible. */
  readonly catalog: Catalog
  readonly groups: Groups
  readonly replicas: ReplicaAdmin
  readonly limits: WatchLimits
}

/** The watches of a process. When disposed, every watch ends with CLOSED. */
export interface ClusterWatches extends Watches, AsyncDisposable {
  stats(): { readonly watches: number; readonly polls: number }
}

/** Requests that several watches share: those due at the same moment cost one request. */
const questionsTo = (catalog: Catalog) => ({
  describeCluster: () => catalog.describeCluster(),
  listTopics: () => catalog.listTopics(),
  describeTopics: batched((names: readonly TopicName[]) => catalog.describeTopics(names), String),
  listOffsets: batched(
    (requests: readonly OffsetRequest[]) => catalog.listOffsets(requests),
    ({ topic, partition }) => `${topic} ${partition}`,
  ),
})

/** Watches one Kafka cluster. Sends no request until a client watches. */
export const createWatches = ({ catalog, groups, replicas, limits }: WatchesOptions): ClusterWatches => {
  const house = new WatchHouse(limits)
  const questions = questionsTo(catalog)
  const { partitionChanges, topicChanges, topicThroughput } = new TopicWatches(house, catalog, questions)
  const { brokerChanges, clusterHealth } = new BrokerWatches(house, questions)
  const { groupChanges, groupLag } = new GroupWatches(house, groups, questions.listOffsets)
  const { reassignments } = new ReassignmentWatches(house, replicas, questions.describeTopics)
  return {
    partitionChanges,
    topicChanges,
    topicThroughput,
    brokerChanges,
    clusterHealth,
    groupChanges,
    groupLag,
    reassignments,
    stats: () => house.stats(),
    [Symbol.asyncDispose]: async () => house[Symbol.dispose](),
  }
}
