import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { GroupCoordinators } from './group-coordinators.ts'
import type { GroupLimits } from './group-limits.ts'

/** What every group request needs. */
export interface GroupParts {
  readonly cluster: ClusterMap
  readonly coordinators: GroupCoordinators
  readonly limits: GroupLimits
}
