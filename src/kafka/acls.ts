import type { AclOperation } from './acl-operation.ts'

/** What an ACL can be about: Kafka's ResourceType by name, at the index of its number on the wire. */
export const RESOURCE_TYPES = [
  'UNKNOWN',
  'ANY',
  'TOPIC',
  'GROUP',
  'CLUSTER',
  'TRANSACTIONAL_ID',
  'DELEGATION_TOKEN',
  'USER',
] as const

/** How an ACL's name matches names of resources: Kafka's PatternType by name, at the index of its number on the wire. */
export const PATTERN_TYPES = ['UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'] as const

/** Whether an ACL allows or denies: Kafka's AclPermissionType by name, at the index of its number on the wire. */
export const ACL_PERMISSION_TYPES = ['UNKNOWN', 'ANY', 'DENY', 'ALLOW'] as const

/** One of the kinds of things that ACLs are about. */
export type ResourceType = (typeof RESOURCE_TYPES)[number]

/** One of the ways in which a name matches. */
export type PatternType = (typeof PATTERN_TYPES)[number]

/** Allow or deny. */
export type AclPermissionType = (typeof ACL_PERMISSION_TYPES)[number]

/** One ACL: who may, or may not, do what with which resources. */
export interface AclBinding {
  readonly resourceType: ResourceType
  /** "*" with LITERAL: every resource of the type. The cluster's name is "kafka-cluster". */
  readonly resourceName: string
  readonly patternType: PatternType
  /** `User:name`; "User:*" for everybody. */
  readonly principal: string
  /** An address, or "*" for any. */
  readonly host: string
  readonly operation: AclOperation
  readonly permissionType: AclPermissionType
}

/** Which ACLs are meant; null and ANY: all. MATCH: every pattern that concerns the resource of this name. */
export interface AclFilter {
  readonly resourceType: ResourceType
  readonly resourceName: string | null
  readonly patternType: PatternType
  readonly principal: string | null
  readonly host: string | null
  readonly operation: AclOperation
  readonly permissionType: AclPermissionType
}
