import type { AclBinding, AclFilter } from '../../kafka/acls.ts'
import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import { inputType } from '../schema-part.ts'
import { AclPermissionTypeEnum, PatternTypeEnum, ResourceTypeEnum } from './acl-enums.ts'

/** An ACL to create. */
export const AclBindingInput = inputType('AclBindingInput', {
  description: 'An access control list entry to create.',
  fields: t => ({
    resourceType: t.field({ type: ResourceTypeEnum, required: true, description: 'What kind of resource.' }),
    name: t.string({
      required: true,
      description:
        'The name of the resource, `*` for every one, or the beginning of names with PREFIXED. The cluster is `kafka-cluster`.',
    }),
    patternType: t.field({
      type: PatternTypeEnum,
      required: true,
      defaultValue: 'LITERAL',
      description: 'How the name matches: LITERAL or PREFIXED.',
    }),
    principal: t.string({ required: true, description: 'Who: `User:anna`, or `User:*` for everybody.' }),
    host: t.string({
      required: true,
      defaultValue: '*',
      description: 'From which address; `*`, the default, is any.',
    }),
    operation: t.field({ type: AclOperationEnum, required: true, description: 'What may, or may not, be done.' }),
    permissionType: t.field({
      type: AclPermissionTypeEnum,
      required: true,
      defaultValue: 'ALLOW',
      description: 'ALLOW or DENY.',
    }),
  }),
})

/** Which ACLs are meant. */
export const AclBindingFilterInput = inputType('AclBindingFilterInput', {
  description:
    'Which access control list entries are meant: those for which everything holds that is given here. What is left out, or ANY, holds for all.',
  fields: t => ({
    resourceType: t.field({ type: ResourceTypeEnum, description: 'What kind of resource.' }),
    name: t.string({ description: 'The name in the entry; with MATCH, the name of a resource that it concerns.' }),
    patternType: t.field({
      type: PatternTypeEnum,
      description:
        'How the name in the entry matches; MATCH finds all entries that concern the resource called `name`.',
    }),
    principal: t.string({ description: 'Who, exactly as in the entry: `User:anna`.' }),
    host: t.string({ description: 'From which address, exactly as in the entry; `*` finds entries for any address.' }),
    operation: t.field({ type: AclOperationEnum, description: 'What is done.' }),
    permissionType: t.field({ type: AclPermissionTypeEnum, description: 'Allowed or denied.' }),
  }),
})

/** The ACL that an input stands for. */
export const aclOf = ({ name, ...acl }: typeof AclBindingInput.$inferInput): AclBinding => ({
  ...acl,
  resourceName: name,
})

/** The filter that an input stands for; all ACLs when there is none. */
export const aclFilterOf = (input: typeof AclBindingFilterInput.$inferInput | null | undefined): AclFilter => ({
  resourceType: input?.resourceType ?? 'ANY',
  resourceName: input?.name ?? null,
  patternType: input?.patternType ?? 'ANY',
  principal: input?.principal ?? null,
  host: input?.host ?? null,
  operation: input?.operation ?? 'ANY',
  permissionType: input?.permissionType ?? 'ANY',
})
