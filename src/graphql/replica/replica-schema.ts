import type { FolderParts } from '../schema-part.ts'
import { alterPartitionReassignmentsParts } from './alter-partition-reassignments.ts'
import { brokerReplicas } from './broker-replicas.ts'
import { electLeadersParts } from './elect-leaders.ts'
import { eligibleReplicasFields } from './eligible-replicas.ts'
import { logDirParts } from './log-dir-type.ts'
import { partitionReassignmentSubscription } from './partition-reassignment.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'
import { partitionReassignmentsParts } from './partition-reassignments.ts'
import { partitionReplicasFields } from './partition-replicas.ts'
import { replicaLogFields } from './replica-log.ts'
import { Replica } from './replica-type.ts'
import { sizesParts } from './sizes.ts'

/** What the schema says of replicas. */
export const replicaSchema: FolderParts = {
  reads: [
    brokerReplicas,
    eligibleReplicasFields,
    logDirParts,
    PartitionReassignment,
    partitionReassignmentSubscription,
    partitionReassignmentsParts,
    partitionReplicasFields,
    replicaLogFields,
    Replica,
    sizesParts,
  ],
  writes: [alterPartitionReassignmentsParts, electLeadersParts],
}
