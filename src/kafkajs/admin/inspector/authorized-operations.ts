import { ACL_OPERATIONS, type AclOperation } from '../../../kafka/acl-operation.ts'

/** The smallest 32-bit number: not reported. */
const NOT_REPORTED = -2_147_483_648

/** Decodes a bit field of operations, in order of their numbers; null if not reported. */
export const authorizedOperationsOf = (bits: number): readonly AclOperation[] | null =>
  bits === NOT_REPORTED ? null : ACL_OPERATIONS.filter((_, number) => ((bits >> number) & 1) === 1)
