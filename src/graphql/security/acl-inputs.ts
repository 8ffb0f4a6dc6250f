import type { AclBinding, AclFilter } from '../../kafka/acls.ts'
import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import { inputType } from '../core/schema-part.ts'
import { AclPermissionTypeEnum, PatternTypeEnum, ResourceTypeEnum } from './acl-enums.ts'

export const AclBindingInput = inputType('AclBindingInput', {
  description: 'An access control list entry to create.',
  fields: t => ({
    resourceType: t.field({ type: ResourceTypeEnum, required: true, description: 'The kind of resource.' }),
    name: t.string({
      required: true,
      description:
        'The name of the resource, `*` for every one, or with PREFIXED the start of names. The cluster’s name is `kafka-cluster`.',
    }),
    patternType: t.field({
      type: PatternTypeEnum,
      required: true,
      defaultValue: 'LITERAL',
      description: 'How the name matches: LITERAL or PREFIXED.',
    }),
    principal: t.string({ required: true, description: 'The principal: `User:anna`, or `User:*` for every user.' }),
    host: t.string({
      required: true,
      defaultValue: '*',
      description: 'The client’s address; `*`, the default, means any.',
    }),
    operation: t.field({ type: AclOperationEnum, required: true, description: 'The operation to allow or deny.' }),
    permissionType: t.field({
      type: AclPermissionTypeEnum,
      required: true,
      defaultValue: 'ALLOW',
      description: 'ALLOW or DENY.',
    }),
  }),
})

export const AclBindingFilterInput = inputType('AclBindingFilterInput', {
  description:
    'Selects access control list entries. An entry must match every condition that is given; a condition that is omitted or ANY matches all.',
  fields: t => ({
    resourceType: t.field({ type: ResourceTypeEnum, description: 'The kind of resource.' }),
    name: t.string({
      description: 'The name in the entry; with MATCH, the name of a resource that the entry applies to.',
    }),
    patternType: t.field({
      type: PatternTypeEnum,
      description:
        'How the name in the entry matches. MATCH finds all entries that apply to the resource called `name`.',
    }),
    principal: t.string({ description: 'The principal, exactly as in the entry: `User:anna`.' }),
    host: t.string({
      description: 'The client’s address, exactly as in the entry; `*` finds entries for any address.',
    }),
    operation: t.field({ type: AclOperationEnum, description: 'The operation.' }),
    permissionType: t.field({ type: AclPermissionTypeEnum, description: 'Whether the entry allows or denies.' }),
  }),
})

/** The ACL for an input. */
export const aclOf = ({ name, ...acl }: typeof AclBindingInput.$inferInput): AclBinding => ({
  ...acl,
  resourceName: name,
})

/** The filter for an input; all ACLs without one. */
export const aclFilterOf = (input: typeof AclBindingFilterInput.$inferInput | null | undefined): AclFilter => ({
  resourceType: input?.resourceType ?? 'ANY',
  resourceName: input?.name ?? null,
  patternType: input?.patternType ?? 'ANY',
  principal: input?.principal ?? null,
  host: input?.host ?? null,
  operation: input?.operation ?? 'ANY',
  permissionType: input?.permissionType ?? 'ANY',
})
