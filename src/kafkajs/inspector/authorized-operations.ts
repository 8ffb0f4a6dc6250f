import { ACL_OPERATIONS, type AclOperation } from '../../kafka/acl-operation.ts'

/** The smallest 32-bit number: Kafka does not tell. */
const NOT_TOLD = -2_147_483_648

/** Operations of a bit field, in the order of their numbers; null when not told. */
export const authorizedOperationsOf = (bits: number): readonly AclOperation[] | null =>
  bits === NOT_TOLD ? null : ACL_OPERATIONS.filter((_, number) => ((bits >> number) & 1) === 1)
