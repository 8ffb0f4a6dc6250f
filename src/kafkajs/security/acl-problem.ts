import type { AclBinding, AclFilter } from '../../kafka/acls.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import { shown, textProblem } from '../../kafka/text.ts'

const PRINCIPAL = /^[^:]+:.+$/

const invalid = (problem: string): KafkaError => new KafkaError('INVALID_REQUEST', problem)

const kindsOf = ({ resourceType, patternType, operation, permissionType }: AclBinding | AclFilter) =>
  Object.entries({ resourceType, patternType, operation, permissionType })

const namesProblem = ({ resourceName, principal, host }: AclBinding | AclFilter): KafkaError | null => {
  const problem =
    textProblem('a resource name', resourceName ?? '') ??
    textProblem('a principal', principal ?? '') ??
    textProblem('a host', host ?? '')
  return problem === null ? null : invalid(problem)
}

/** Why a filter cannot be asked for; null when it can. */
export const filterProblem = (filter: AclFilter): KafkaError | null => {
  const unknown = kindsOf(filter).find(([, kind]) => kind === 'UNKNOWN')
  return unknown
    ? invalid(`${unknown[0]} is UNKNOWN: Kafka names what it does not know so, and takes it nowhere.`)
    : namesProblem(filter)
}

/**
 * Why an ACL cannot be created; null when Kafka is to decide. Kafka answers for a whole request with one of these in it
 * UNKNOWN_SERVER_ERROR, and creates none of its ACLs.
 */
export const aclProblem = (acl: AclBinding): KafkaError | null => {
  const vague = kindsOf(acl).find(([, kind]) => kind === 'UNKNOWN' || kind === 'ANY' || kind === 'MATCH')
  if (vague) return invalid(`${vague[0]} is ${vague[1]}: that is for filters, an ACL names one.`)
  if (PRINCIPAL.test(acl.principal)) return namesProblem(acl)
  return invalid(`principal is ${shown(acl.principal)}: it takes a type and a name, like "User:anna".`)
}
