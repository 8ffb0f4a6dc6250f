import type { FolderParts } from '../schema-part.ts'
import { aclEnumsParts } from './acl-enums.ts'
import { AclBindingFilterInput, AclBindingInput } from './acl-inputs.ts'
import { aclMutationsParts } from './acl-mutations.ts'
import { aclParts } from './acl-type.ts'
import { aclsParts } from './acls.ts'
import { alterQuotasParts } from './alter-quotas.ts'
import { alterScramParts } from './alter-scram.ts'
import { clientQuotasParts } from './client-quotas.ts'
import { quotaAlterationInputs, quotaFilterInputs } from './quota-inputs.ts'
import { quotaParts } from './quota-type.ts'
import { scramParts } from './scram-type.ts'
import { scramUsersParts } from './scram-users.ts'
import { topicAclsField } from './topic-acls.ts'

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
