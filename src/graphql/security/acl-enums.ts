import { enumType, parts } from '../schema-part.ts'

/** The kinds of things that ACLs are about. */
export const ResourceTypeEnum = enumType('ResourceType', {
  description: 'What an access control list entry is about.',
  values: {
    UNKNOWN: { description: 'A kind that the broker names and this API does not know.' },
    ANY: { description: 'Any kind: used in filters only.' },
    TOPIC: { description: 'Topics, by their names.' },
    GROUP: { description: 'Consumer groups and the like, by their group ids.' },
    CLUSTER: { description: 'The cluster as a whole; its name is always `kafka-cluster`.' },
    TRANSACTIONAL_ID: { description: 'Transactional ids of producers.' },
    DELEGATION_TOKEN: { description: 'Delegation tokens, by their ids.' },
    USER: { description: 'Users on whose behalf delegation tokens are made, as `User:name`.' },
  } as const,
})

/** How an ACL's name matches. */
export const PatternTypeEnum = enumType('PatternType', {
  description: 'How the name in an access control list entry matches the names of resources.',
  values: {
    UNKNOWN: { description: 'A way that the broker names and this API does not know.' },
    ANY: { description: 'Any way: used in filters only.' },
    MATCH: {
      description:
        'Used in filters only: every entry that concerns the resource of this name, be it by the name itself, by a prefix or by `*`.',
    },
    LITERAL: { description: 'The whole name; `*` stands for every name.' },
    PREFIXED: { description: 'Every name that begins so.' },
  } as const,
})

/** Whether an ACL allows or denies. */
export const AclPermissionTypeEnum = enumType('AclPermissionType', {
  description: 'Whether an access control list entry allows or denies. Where both match, DENY wins.',
  values: {
    UNKNOWN: { description: 'A kind that the broker names and this API does not know.' },
    ANY: { description: 'Either: used in filters only.' },
    DENY: { description: 'Forbidden, whatever else allows it.' },
    ALLOW: { description: 'Allowed. What nothing allows is forbidden, except to super users.' },
  } as const,
})

/** What this file adds to a schema. */
export const aclEnumsParts = parts(ResourceTypeEnum, PatternTypeEnum, AclPermissionTypeEnum)
