import { type Call, ownCall } from '../kafka/ports/call.ts'
import type { Catalog, OffsetRequest } from '../kafka/ports/catalog.ts'
import type { Groups } from '../kafka/ports/groups.ts'
import type { ReplicaAdmin } from '../kafka/ports/replica-admin.ts'
import type { Watches } from '../kafka/ports/watches.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import { partitionKey } from '../kafka/topic-partition.ts'
import { BrokerWatches } from './cluster/broker-watches.ts'
import { ReassignmentWatches } from './cluster/reassignment-watches.ts'
import { GroupWatches } from './groups/group-watches.ts'
import { batched } from './poll/batched.ts'
import type { WatchLimits } from './poll/watch-limits.ts'
import { WatchRegistry } from './poll/watch-registry.ts'
import { TopicWatches } from './topics/topic-watches.ts'

/** The ports and limits of the watches. */
export interface WatchesOptions {
  /** Must not cache: recent changes have to be visible. */
  readonly catalog: Catalog
  readonly groups: Groups
  readonly replicas: ReplicaAdmin
  readonly limits: WatchLimits
  /** The cluster's name in the calls that the polls make. Default: `default`. */
  readonly clusterName?: string | undefined
}

/** The watches of a process. When disposed, every watch ends with CLOSED. */
export interface ClusterWatches extends Watches, AsyncDisposable {
  stats(): { readonly watches: number; readonly polls: number }
}

/** Requests that several watches share: those due at the same moment cost one request. */
const questionsTo = (catalog: Catalog, call: Call) => ({
  describeCluster: () => catalog.describeCluster(call),
  listTopics: () => catalog.listTopics(call),
  describeTopics: batched((names: readonly TopicName[]) => catalog.describeTopics(call, names), String),
  listOffsets: batched((requests: readonly OffsetRequest[]) => catalog.listOffsets(call, requests), partitionKey),
})

const groupQuestions = (groups: Groups, call: Call) => ({
  listGroups: () => groups.listGroups(call),
  describeGroups: batched((ids: readonly string[]) => groups.describeGroups(call, ids), String),
  committedOffsets: batched((ids: readonly string[]) => groups.committedOffsets(call, ids), String),
})

/** Watches one Kafka cluster. Sends no request until a client watches. */
export const createWatches = ({ catalog, groups, replicas, limits, clusterName }: WatchesOptions): ClusterWatches => {
  const registry = new WatchRegistry(limits)
  const call = ownCall({ cluster: clusterName })
  const questions = questionsTo(catalog, call)
  const { partitionChanges, topicChanges, topicThroughput } = new TopicWatches(
    registry,
    resources => catalog.describeConfigs(call, resources),
    questions,
  )
  const { brokerChanges, clusterHealth } = new BrokerWatches(registry, questions)
  const { groupChanges, groupLag } = new GroupWatches(registry, groupQuestions(groups, call), questions.listOffsets)
  const { reassignments } = new ReassignmentWatches(registry, {
    listMoves: () => replicas.listPartitionReassignments(call, null),
    describeTopics: questions.describeTopics,
  })
  return {
    partitionChanges,
    topicChanges,
    topicThroughput,
    brokerChanges,
    clusterHealth,
    groupChanges,
    groupLag,
    reassignments,
    stats: () => registry.stats(),
    [Symbol.asyncDispose]: async () => registry[Symbol.dispose](),
  }
}
