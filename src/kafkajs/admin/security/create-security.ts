import type { SecurityAdmin } from '../../../kafka/ports/security-admin.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { createAcls } from './acls.ts'
import { createQuotas } from './quotas.ts'
import { createScram } from './scram.ts'
import type { SecurityLimits } from './security-limits.ts'

/** Dependencies of the security admin. */
export interface SecurityParts {
  readonly cluster: ClusterMap
  readonly limits: SecurityLimits
}

/** Reads and changes ACLs, SCRAM users and client quotas. Nothing is cached, so that readers see the current state. */
export const createSecurity = ({ cluster, limits }: SecurityParts): SecurityAdmin => ({
  ...createAcls(cluster, limits),
  ...createScram(cluster, limits),
  ...createQuotas(cluster, limits),
})
