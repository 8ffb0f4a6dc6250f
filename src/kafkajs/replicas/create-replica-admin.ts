import type { Outcome } from '../../kafka/kafka-error.ts'
import type { LogDirDescription, PartitionReassignment, ReplicaAdmin } from '../../kafka/replica-admin.ts'
import { Cached } from '../catalog/cached.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { orAborted } from '../connection/wait.ts'
import { alterPartitionReassignments } from './alter-partition-reassignments.ts'
import { describeLogDirs } from './describe-log-dirs.ts'
import { electLeaders } from './elect-leaders.ts'
import { listPartitionReassignments } from './list-partition-reassignments.ts'
import type { ReplicaLimits } from './replica-limits.ts'

/** Dependencies of the replica admin. */
export interface ReplicaAdminParts {
  readonly cluster: ClusterMap
  readonly limits: ReplicaLimits
  /** Called after every change, including failed ones, because caches may be stale. */
  readonly onChange: () => void
}

type LogDirs = Outcome<readonly LogDirDescription[]>

/** Maximum number of brokers whose disk requests are shared. */
const MAX_BROKERS = 1000

/** Moves replicas and describes disks. Equal concurrent requests share one call to Kafka. */
export const createReplicaAdmin = ({ cluster, limits, onChange }: ReplicaAdminParts): ReplicaAdmin => {
  const { deadlineMs, brokerMs, cacheMs } = limits
  const moves = new Cached<readonly PartitionReassignment[]>({ ttlMs: cacheMs, maxEntries: 1 })
  // Sizes change with every write, so only concurrent callers share a result.
  const disks = new Cached<LogDirs>({ ttlMs: 0, maxEntries: MAX_BROKERS })
  const forget = () => {
    moves.clear()
    disks.clear()
    onChange()
  }
  return {
    alterPartitionReassignments: (reassignments, options = {}) =>
      alterPartitionReassignments(cluster, reassignments, limits, options).finally(forget),
    listPartitionReassignments: async (topics, { signal } = {}) => {
      const all = await orAborted(
        moves.get('all', () => listPartitionReassignments(cluster, deadlineMs)),
        signal,
      )
      const wanted = topics && new Set(topics)
      return wanted ? all.filter(({ topic }) => wanted.has(topic)) : all
    },
    electLeaders: (electionType, partitions, options = {}) =>
      electLeaders(cluster, { electionType, partitions }, limits, options).finally(forget),
    describeLogDirs: (nodeIds, partitions, { signal } = {}) => {
      const ask = (nodeId: number) => describeLogDirs(cluster, nodeId, partitions, brokerMs)
      const askOrKnow = (nodeId: number) => (partitions ? ask(nodeId) : disks.get(String(nodeId), () => ask(nodeId)))
      return orAborted(Promise.all(nodeIds.map(askOrKnow)), signal)
    },
  }
}
