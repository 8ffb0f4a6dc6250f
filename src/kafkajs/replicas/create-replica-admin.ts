import type { Outcome } from '../../kafka/kafka-error.ts'
import type { LogDirDescription, PartitionReassignment, ReplicaAdmin } from '../../kafka/ports/replica-admin.ts'
import { Cached } from '../catalog/cached.ts'
import { sharedWith } from '../connection/call-bounds.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { alterPartitionReassignments } from './alter-partition-reassignments.ts'
import { describeLogDirs } from './describe-log-dirs.ts'
import { electLeaders } from './elect-leaders.ts'
import { listPartitionReassignments } from './list-partition-reassignments.ts'
import type { ReplicaLimits } from './replica-limits.ts'

/** What the replica admin stands on. */
export interface ReplicaAdminParts {
  readonly cluster: ClusterMap
  readonly limits: ReplicaLimits
  /** Called after every change, also one that failed: what others have cached may be old. */
  readonly onChange: () => void
}

type LogDirs = Outcome<readonly LogDirDescription[]>

/** Of so many brokers at most the disks are remembered while they are asked. */
const MAX_BROKERS = 1000

/** Moves replicas and looks at disks. Equal questions under way are asked once. */
export const createReplicaAdmin = ({ cluster, limits, onChange }: ReplicaAdminParts): ReplicaAdmin => {
  const { deadlineMs, brokerMs, cacheMs } = limits
  const moves = new Cached<readonly PartitionReassignment[]>({ ttlMs: cacheMs, maxEntries: 1 })
  // Sizes change with every write: only who asks at the same moment shares.
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
