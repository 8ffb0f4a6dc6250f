import type { AclBinding, AclFilter } from '../../kafka/acls.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'

const PRINCIPAL = /^[^:]+:.+$/

const invalid = (problem: string): KafkaError => new KafkaError('INVALID_REQUEST', problem)

const kindsOf = ({ resourceType, patternType, operation, permissionType }: AclBinding | AclFilter) =>
  Object.entries({ resourceType, patternType, operation, permissionType })

/** Why a filter cannot be asked for; null when it can. */
export const filterProblem = (filter: AclFilter): KafkaError | null => {
  const unknown = kindsOf(filter).find(([, kind]) => kind === 'UNKNOWN')
  return unknown
    ? invalid(`${unknown[0]} is UNKNOWN: Kafka names what it does not know so, and takes it nowhere.`)
    : null
}

/**
 * Why an ACL cannot be created; null when Kafka is to decide. Kafka answers for a whole request with one of these in it
 * UNKNOWN_SERVER_ERROR, and creates none of its ACLs.
 */
export const aclProblem = (acl: AclBinding): KafkaError | null => {
  const vague = kindsOf(acl).find(([, kind]) => kind === 'UNKNOWN' || kind === 'ANY' || kind === 'MATCH')
  if (vague) return invalid(`${vague[0]} is ${vague[1]}: that is for filters, an ACL names one.`)
  if (PRINCIPAL.test(acl.principal)) return null
  return invalid(`principal is ${JSON.stringify(acl.principal)}: it takes a type and a name, like "User:anna".`)
}
