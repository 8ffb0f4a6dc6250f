import type { AclOperation } from './acl-operation.ts'

/** The kinds of resources of ACLs: the names of Kafka's ResourceType, indexed by their wire number. */
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

/** How an ACL matches resource names: the names of Kafka's PatternType, indexed by their wire number. */
export const PATTERN_TYPES = ['UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'] as const

/** Whether an ACL allows or denies: the names of Kafka's AclPermissionType, indexed by their wire number. */
export const ACL_PERMISSION_TYPES = ['UNKNOWN', 'ANY', 'DENY', 'ALLOW'] as const

export type ResourceType = (typeof RESOURCE_TYPES)[number]

export type PatternType = (typeof PATTERN_TYPES)[number]

export type AclPermissionType = (typeof ACL_PERMISSION_TYPES)[number]

/** One ACL: a principal may, or may not, perform an operation on resources. */
export interface AclBinding {
  readonly resourceType: ResourceType
  /** "*" with LITERAL matches every resource of the type. The cluster's name is "kafka-cluster". */
  readonly resourceName: string
  readonly patternType: PatternType
  /** `User:name`, or "User:*" for everybody. */
  readonly principal: string
  /** An address, or "*" for any. */
  readonly host: string
  readonly operation: AclOperation
  readonly permissionType: AclPermissionType
}

/** Which ACLs to match. Null and ANY match all. MATCH matches every pattern that covers the named resource. */
export interface AclFilter {
  readonly resourceType: ResourceType
  readonly resourceName: string | null
  readonly patternType: PatternType
  readonly principal: string | null
  readonly host: string | null
  readonly operation: AclOperation
  readonly permissionType: AclPermissionType
}
