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

/** Reads and changes who may log in, who may do what, and how much of it. A change is known to every broker when it resolves. */
export interface SecurityAdmin {
  /**
   * In order of type, name, pattern and principal.
   * @throws KafkaError SECURITY_DISABLED where the brokers have no authorizer, CLUSTER_AUTHORIZATION_FAILED.
   */
  describeAcls(call: Call, filter: AclFilter): Promise<readonly AclBinding[]>
  /** One outcome for each, in order; one that is there already is created again without an error. */
  createAcls(call: Call, acls: readonly AclBinding[]): Promise<readonly Outcome<AclBinding>[]>
  /** For each filter, in order, what became of each ACL that it matched. */
  deleteAcls(call: Call, filters: readonly AclFilter[]): Promise<readonly Outcome<readonly Outcome<AclBinding>[]>[]>
  /** Sorted by name; all when `names` is null. Names without a credential are left out. */
  describeScramUsers(call: Call, names: readonly string[] | null): Promise<readonly ScramUser[]>
  alterScramCredentials(
    call: Call,
    upserts: readonly ScramUpsert[],
    deletions: readonly ScramDeletion[],
  ): Promise<ScramOutcomes>
  /** In order of the entities. */
  describeClientQuotas(call: Call, filter: QuotaFilter): Promise<readonly ClientQuota[]>
  /** One outcome for each, in order: the entity. */
  alterClientQuotas(
    call: Call,
    alterations: readonly QuotaAlteration[],
    options?: ValidateOption,
  ): Promise<readonly Outcome<readonly QuotaEntity[]>[]>
}
