import type { AclBinding, AclFilter } from '../../../kafka/acls.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { shown, textProblem } from '../../../kafka/text.ts'

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

/** Why a filter is invalid; null if it is valid. */
export const filterProblem = (filter: AclFilter): KafkaError | null => {
  const unknown = kindsOf(filter).find(([, kind]) => kind === 'UNKNOWN')
  return unknown
    ? invalid(`${unknown[0]} is UNKNOWN: that stands for values this API does not know, and Kafka accepts it nowhere.`)
    : namesProblem(filter)
}

/**
 * Why an ACL cannot be created; null to let Kafka decide. If a request contains one of these, Kafka returns
 * UNKNOWN_SERVER_ERROR for all and creates none.
 */
export const aclProblem = (acl: AclBinding): KafkaError | null => {
  const vague = kindsOf(acl).find(([, kind]) => kind === 'UNKNOWN' || kind === 'ANY' || kind === 'MATCH')
  if (vague) return invalid(`${vague[0]} is ${vague[1]}: that is only for filters; an ACL needs one specific value.`)
  if (PRINCIPAL.test(acl.principal)) return namesProblem(acl)
  return invalid(`principal is ${shown(acl.principal)}: it needs a type and a name, like "User:anna".`)
}
