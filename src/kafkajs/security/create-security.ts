import type { SecurityAdmin } from '../../kafka/ports/security-admin.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { createAcls } from './acls.ts'
import { createQuotas } from './quotas.ts'
import { createScram } from './scram.ts'
import type { SecurityLimits } from './security-limits.ts'

/** What the security admin stands on. */
export interface SecurityParts {
  readonly cluster: ClusterMap
  readonly limits: SecurityLimits
}

/** Reads and changes ACLs, SCRAM users and client quotas. Nothing is cached: whoever asks wants to know what holds now. */
export const createSecurity = ({ cluster, limits }: SecurityParts): SecurityAdmin => ({
  ...createAcls(cluster, limits),
  ...createScram(cluster, limits),
  ...createQuotas(cluster, limits),
})
