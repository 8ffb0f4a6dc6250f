import type { PartitionReassignment } from '../../kafka/replica-admin.ts'
import { type MakeShared, once } from '../loaders.ts'

/** Every move under way, asked for once an operation. */
export const reassignmentsUnderWay: MakeShared<() => Promise<readonly PartitionReassignment[]>> = (
  { replicas },
  options,
) => once(() => replicas.listPartitionReassignments(null, options))
