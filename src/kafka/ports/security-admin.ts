import type { AclBinding, AclFilter } from '../acls.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type {
  ClientQuota,
  QuotaAlteration,
  QuotaEntity,
  QuotaFilter,
  ScramDeletion,
  ScramOutcomes,
  ScramUpsert,
  ScramUser,
} from '../security.ts'
import type { Call } from './call.ts'
import type { ValidateOption } from './topic-admin.ts'

/** Manages ACLs, SCRAM credentials and quotas. A change resolves once every broker knows it. */
export interface SecurityAdmin {
  /**
   * Sorted by type, name, pattern and principal.
   * @throws KafkaError SECURITY_DISABLED if the brokers have no authorizer, CLUSTER_AUTHORIZATION_FAILED.
   */
  describeAcls(call: Call, filter: AclFilter): Promise<readonly AclBinding[]>
  /** One outcome per ACL, in order. Creating an existing ACL succeeds. */
  createAcls(call: Call, acls: readonly AclBinding[]): Promise<readonly Outcome<AclBinding>[]>
  /** The result of each matched ACL, per filter, in order. */
  deleteAcls(call: Call, filters: readonly AclFilter[]): Promise<readonly Outcome<readonly Outcome<AclBinding>[]>[]>
  /** Sorted by name; null returns all. Names without a credential are left out. */
  describeScramUsers(call: Call, names: readonly string[] | null): Promise<readonly ScramUser[]>
  alterScramCredentials(
    call: Call,
    upserts: readonly ScramUpsert[],
    deletions: readonly ScramDeletion[],
  ): Promise<ScramOutcomes>
  /** Sorted by entity. */
  describeClientQuotas(call: Call, filter: QuotaFilter): Promise<readonly ClientQuota[]>
  /** The altered entity. One outcome per alteration, in order. */
  alterClientQuotas(
    call: Call,
    alterations: readonly QuotaAlteration[],
    options?: ValidateOption,
  ): Promise<readonly Outcome<readonly QuotaEntity[]>[]>
}
