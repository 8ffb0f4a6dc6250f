import type { FolderParts } from '../core/schema-part.ts'
import { alterPartitionReassignmentsParts } from '../replica/alter-partition-reassignments.ts'
import { brokerReplicas } from '../replica/broker-replicas.ts'
import { electLeadersParts } from '../replica/elect-leaders.ts'
import { eligibleReplicasFields } from '../replica/eligible-replicas.ts'
import { logDirParts } from '../replica/log-dir-type.ts'
import { partitionReassignmentSubscription } from '../replica/partition-reassignment.ts'
import { PartitionReassignment } from '../replica/partition-reassignment-type.ts'
import { partitionReassignmentsParts } from '../replica/partition-reassignments.ts'
import { partitionReplicasFields } from '../replica/partition-replicas.ts'
import { replicaLogFields } from '../replica/replica-log.ts'
import { Replica } from '../replica/replica-type.ts'
import { sizesParts } from '../replica/sizes.ts'

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
