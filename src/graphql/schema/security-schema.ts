import type { FolderParts } from '../core/schema-part.ts'
import { aclEnumsParts } from '../security/acl-enums.ts'
import { AclBindingFilterInput, AclBindingInput } from '../security/acl-inputs.ts'
import { aclMutationsParts } from '../security/acl-mutations.ts'
import { aclParts } from '../security/acl-type.ts'
import { aclsParts } from '../security/acls.ts'
import { alterQuotasParts } from '../security/alter-quotas.ts'
import { alterScramParts } from '../security/alter-scram.ts'
import { clientQuotasParts } from '../security/client-quotas.ts'
import { quotaAlterationInputs, quotaFilterInputs } from '../security/quota-inputs.ts'
import { quotaParts } from '../security/quota-type.ts'
import { scramParts } from '../security/scram-type.ts'
import { scramUsersParts } from '../security/scram-users.ts'
import { topicAclsField } from '../security/topic-acls.ts'

/** What the schema says of access control, users and quotas. */
export const securitySchema: FolderParts = {
  reads: [
    aclEnumsParts,
    AclBindingFilterInput,
    aclParts,
    aclsParts,
    clientQuotasParts,
    quotaFilterInputs,
    quotaParts,
    scramParts,
    scramUsersParts,
    topicAclsField,
  ],
  writes: [AclBindingInput, aclMutationsParts, alterQuotasParts, alterScramParts, quotaAlterationInputs],
}
