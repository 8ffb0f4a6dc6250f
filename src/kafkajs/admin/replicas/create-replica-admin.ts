import type { Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { LogDirDescription, PartitionReassignment, ReplicaAdmin } from '../../../kafka/ports/replica-admin.ts'
import { sharedWith } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { Cached } from '../cached.ts'
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
    alterPartitionReassignments: (call, reassignments, options = {}) =>
      alterPartitionReassignments(cluster, call, reassignments, limits, options).finally(forget),
    listPartitionReassignments: async (call, topics) => {
      const all = await sharedWith(
        call,
        moves.get('all', () => listPartitionReassignments(cluster, deadlineMs)),
      )
      const wanted = topics && new Set(topics)
      return wanted ? all.filter(({ topic }) => wanted.has(topic)) : all
    },
    electLeaders: (call, electionType, partitions) =>
      electLeaders(cluster, call, { electionType, partitions }, limits).finally(forget),
    describeLogDirs: (call, nodeIds, partitions) => {
      const ask = (nodeId: number) => describeLogDirs(cluster, nodeId, partitions, brokerMs)
      const askOrKnow = (nodeId: number) => (partitions ? ask(nodeId) : disks.get(String(nodeId), () => ask(nodeId)))
      return sharedWith(call, Promise.all(nodeIds.map(askOrKnow)))
    },
  }
}
