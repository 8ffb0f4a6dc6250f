import type { AclBinding as AclBindingShape } from '../../kafka/acls.ts'
import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import type { ListOrder } from '../core/paging/connection.ts'
import { objectRef, parts } from '../core/schema-part.ts'
import { AclPermissionTypeEnum, PatternTypeEnum, ResourceTypeEnum } from './acl-enums.ts'

const ResourcePattern = objectRef<AclBindingShape>('ResourcePattern').implement({
  description: 'The resources that an access control list entry applies to.',
  fields: t => ({
    resourceType: t.expose('resourceType', { description: 'The kind of resource.', type: ResourceTypeEnum }),
    name: t.exposeString('resourceName', {
      description: 'The name, or its start if the pattern type is PREFIXED; `*` with LITERAL matches every name.',
    }),
    patternType: t.expose('patternType', { description: 'How the name matches.', type: PatternTypeEnum }),
  }),
})

const AccessControlEntry = objectRef<AclBindingShape>('AccessControlEntry').implement({
  description: 'Which principal may do what, from which address, or may not.',
  fields: t => ({
    principal: t.exposeString('principal', {
      description: 'The principal: `User:` and the user’s login name; `User:*` is every user.',
    }),
    host: t.exposeString('host', { description: 'The client’s address; `*` is any.' }),
    operation: t.expose('operation', { description: 'The operation.', type: AclOperationEnum }),
    permissionType: t.expose('permissionType', {
      description: 'Whether it is allowed or denied.',
      type: AclPermissionTypeEnum,
    }),
  }),
})

export const AclBinding = objectRef<AclBindingShape>('AclBinding').implement({
  description:
    'One entry of the access control lists (ACLs) that Kafka’s authorizer checks: which resources it applies to, and which principal may do what with them.',
  fields: t => ({
    pattern: t.field({ description: 'The resources that it applies to.', type: ResourcePattern, resolve: acl => acl }),
    entry: t.field({
      description: 'Which principal may do what with them.',
      type: AccessControlEntry,
      resolve: acl => acl,
    }),
  }),
})

/** The only order of ACLs. */
export const aclOrder: ListOrder<AclBindingShape> = {
  list: 'acls',
  direction: 'ASC',
  shapes: [['string', 'string', 'string', 'string', 'string', 'string', 'string']],
  keyOf: acl => [
    acl.resourceType,
    acl.resourceName,
    acl.patternType,
    acl.principal,
    acl.host,
    acl.operation,
    acl.permissionType,
  ],
}

/** What this file adds to a schema. */
export const aclParts = parts(ResourcePattern, AccessControlEntry, AclBinding)
