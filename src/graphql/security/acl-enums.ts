import { enumType, parts } from '../core/schema-part.ts'

export const ResourceTypeEnum = enumType('ResourceType', {
  description: 'The kind of resource that an access control list entry is about.',
  values: {
    UNKNOWN: { description: 'A kind that the broker reports but this API does not know.' },
    ANY: { description: 'Any kind; only for filters.' },
    TOPIC: { description: 'Topics, by their names.' },
    GROUP: { description: 'Groups of any type, by their group ids.' },
    CLUSTER: { description: 'The cluster as a whole; its name is always `kafka-cluster`.' },
    TRANSACTIONAL_ID: { description: 'Transactional ids of producers.' },
    DELEGATION_TOKEN: { description: 'Delegation tokens, by their ids.' },
    USER: { description: 'Users for whom delegation tokens are created, as `User:name`.' },
  } as const,
})

export const PatternTypeEnum = enumType('PatternType', {
  description: 'How the name in an access control list entry matches resource names.',
  values: {
    UNKNOWN: { description: 'A pattern type that the broker reports but this API does not know.' },
    ANY: { description: 'Any pattern type; only for filters.' },
    MATCH: {
      description:
        'Only for filters: every entry that applies to the resource with this name, by the name itself, by a prefix or by `*`.',
    },
    LITERAL: { description: 'The whole name; `*` matches every name.' },
    PREFIXED: { description: 'Every name that starts with this text.' },
  } as const,
})

export const AclPermissionTypeEnum = enumType('AclPermissionType', {
  description: 'Whether an access control list entry allows or denies. If both match, DENY wins.',
  values: {
    UNKNOWN: { description: 'A permission type that the broker reports but this API does not know.' },
    ANY: { description: 'Either; only for filters.' },
    DENY: { description: 'Forbidden, even if another entry allows it.' },
    ALLOW: { description: 'Allowed. Everything without an ALLOW entry is forbidden, except to super users.' },
  } as const,
})

/** What this file adds to a schema. */
export const aclEnumsParts = parts(ResourceTypeEnum, PatternTypeEnum, AclPermissionTypeEnum)
