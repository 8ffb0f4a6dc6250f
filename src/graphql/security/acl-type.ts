import type { AclBinding as AclBindingShape } from '../../kafka/acls.ts'
import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import type { ListOrder } from '../connection.ts'
import { objectRef, parts } from '../schema-part.ts'
import { AclPermissionTypeEnum, PatternTypeEnum, ResourceTypeEnum } from './acl-enums.ts'

const ResourcePattern = objectRef<AclBindingShape>('ResourcePattern').implement({
  description: 'Which resources an access control list entry is about.',
  fields: t => ({
    resourceType: t.expose('resourceType', { description: 'What kind of resource.', type: ResourceTypeEnum }),
    name: t.exposeString('resourceName', {
      description:
        'The name, or the beginning of it when the pattern type is PREFIXED; `*` with LITERAL is every name.',
    }),
    patternType: t.expose('patternType', { description: 'How the name matches.', type: PatternTypeEnum }),
  }),
})

const AccessControlEntry = objectRef<AclBindingShape>('AccessControlEntry').implement({
  description: 'Who may, or may not, do what, and from where.',
  fields: t => ({
    principal: t.exposeString('principal', {
      description: 'Who: `User:` and the name that was logged in with; `User:*` is everybody.',
    }),
    host: t.exposeString('host', { description: 'From which address; `*` is any.' }),
    operation: t.expose('operation', { description: 'What is done.', type: AclOperationEnum }),
    permissionType: t.expose('permissionType', {
      description: 'Whether it is allowed or denied.',
      type: AclPermissionTypeEnum,
    }),
  }),
})

/** One ACL. */
export const AclBinding = objectRef<AclBindingShape>('AclBinding').implement({
  description:
    'One entry of the access control lists (ACLs) that Kafka’s authorizer goes by: a pattern of resources, and who may do what with them.',
  fields: t => ({
    pattern: t.field({ description: 'Which resources.', type: ResourcePattern, resolve: acl => acl }),
    entry: t.field({ description: 'Who may do what with them.', type: AccessControlEntry, resolve: acl => acl }),
  }),
})

/** The one order of ACLs. */
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
