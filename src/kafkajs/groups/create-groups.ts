import type { GroupAdmin, Groups } from '../../kafka/groups.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import type { GroupLimits } from './group-limits.ts'

/** What the groups stand on. */
export interface GroupParts {
  readonly cluster: ClusterMap
  readonly limits: GroupLimits
}

const unsupported = async (): Promise<never> => {
  throw new KafkaError('UNSUPPORTED_VERSION')
}

/** Reads and changes groups. */
export const createGroups = (_parts: GroupParts): { readonly groups: Groups; readonly groupAdmin: GroupAdmin } => ({
  groups: { listGroups: unsupported, describeGroups: unsupported, committedOffsets: unsupported },
  groupAdmin: {
    alterOffsets: unsupported,
    deleteOffsets: unsupported,
    deleteGroups: unsupported,
    removeMembers: unsupported,
  },
})
