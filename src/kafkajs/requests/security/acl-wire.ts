import { ACL_OPERATIONS, type AclOperation } from '../../../kafka/acl-operation.ts'
import {
  ACL_PERMISSION_TYPES,
  type AclBinding,
  type AclFilter,
  type AclPermissionType,
  PATTERN_TYPES,
  type PatternType,
  RESOURCE_TYPES,
  type ResourceType,
} from '../../../kafka/acls.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { ByteWriter } from '../../wire/byte-writer.ts'

/** The resources that an ACL covers. */
export interface ResourcePattern {
  readonly resourceType: ResourceType
  readonly resourceName: string
  readonly patternType: PatternType
}

/** The principal and operation of an ACL. */
export interface AccessEntry {
  readonly principal: string
  readonly host: string
  readonly operation: AclOperation
  readonly permissionType: AclPermissionType
}

/** Reads a pattern; all ACL requests use this order. */
export const readPattern = (reader: ByteReader): ResourcePattern => ({
  resourceType: RESOURCE_TYPES[reader.int8()] ?? 'UNKNOWN',
  resourceName: reader.compactString() ?? '',
  patternType: PATTERN_TYPES[reader.int8()] ?? 'UNKNOWN',
})

/** Reads an entry; all ACL requests use this order. */
export const readEntry = (reader: ByteReader): AccessEntry => ({
  principal: reader.compactString() ?? '',
  host: reader.compactString() ?? '',
  operation: ACL_OPERATIONS[reader.int8()] ?? 'UNKNOWN',
  permissionType: ACL_PERMISSION_TYPES[reader.int8()] ?? 'UNKNOWN',
})

/** Writes an ACL or a filter. Both have the same fields; a filter's may be null. */
export const writeAcl = (writer: ByteWriter, acl: AclBinding | AclFilter): void => {
  writer
    .int8(RESOURCE_TYPES.indexOf(acl.resourceType))
    .compactString(acl.resourceName)
    .int8(PATTERN_TYPES.indexOf(acl.patternType))
    .compactString(acl.principal)
    .compactString(acl.host)
    .int8(ACL_OPERATIONS.indexOf(acl.operation))
    .int8(ACL_PERMISSION_TYPES.indexOf(acl.permissionType))
    .noTags()
}
