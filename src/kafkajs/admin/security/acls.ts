import type { AclBinding } from '../../../kafka/acls.ts'
import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { SecurityAdmin } from '../../../kafka/ports/security-admin.ts'
import { createAclsRequest } from '../../requests/security/create-acls.ts'
import { type DeleteAclsResult, deleteAclsRequest } from '../../requests/security/delete-acls.ts'
import { describeAclsRequest } from '../../requests/security/describe-acls.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { sendChange } from '../change/send-change.ts'
import { aclProblem, filterProblem } from './acl-problem.ts'
import { ask, errorOf } from './ask.ts'
import type { SecurityLimits } from './security-limits.ts'
import { untilEveryBroker } from './until-every-broker.ts'

type Acls = Pick<SecurityAdmin, 'describeAcls' | 'createAcls' | 'deleteAcls'>

const keyOf = (acl: AclBinding): string =>
  JSON.stringify([
    acl.resourceType,
    acl.resourceName,
    acl.patternType,
    acl.principal,
    acl.host,
    acl.operation,
    acl.permissionType,
  ])

const inOrder = (one: AclBinding, other: AclBinding): number => (keyOf(one) < keyOf(other) ? -1 : 1)

const unanswered = (): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', 'The response of Kafka does not contain this ACL.')

const deletedOf = (result: DeleteAclsResult): Outcome<readonly Outcome<AclBinding>[]> =>
  result.errorCode === 0 ? result.matching.map(one => (one.errorCode === 0 ? one.acl : errorOf(one))) : errorOf(result)

/** Waits for the last change only, because brokers learn of changes in order. */
const untilKnown = async (
  cluster: ClusterMap,
  call: Call,
  acl: AclBinding | undefined,
  isThere: boolean,
  withinMs: number,
): Promise<void> => {
  if (acl === undefined) return
  const request = describeAclsRequest(acl)
  await untilEveryBroker(cluster, {
    request,
    isVisible: ({ errorCode, acls }) => errorCode !== 0 || acls.length > 0 === isThere,
    withinMs: leftMs(call, withinMs),
    signal: call.signal,
  })
}

/** One outcome per item, in order: its problem, or its result. All valid items share one request. */
const eachSound = async <T, R>(
  items: readonly T[],
  problemOf: (item: T) => KafkaError | null,
  send: (sound: readonly T[]) => Promise<readonly Outcome<R>[]>,
): Promise<readonly Outcome<R>[]> => {
  const problems = items.map(problemOf)
  const sound = items.filter((_, index) => problems[index] === null)
  const outcomes = sound.length > 0 ? (await send(sound)).values() : [].values()
  return problems.map(problem => problem ?? outcomes.next().value ?? unanswered())
}

/** Reads and changes ACLs. */
export const createAcls = (cluster: ClusterMap, { deadlineMs, propagationMs: withinMs }: SecurityLimits): Acls => ({
  describeAcls: async (call, filter) => {
    const problem = filterProblem(filter)
    if (problem !== null) throw problem
    const { acls } = await ask(cluster, describeAclsRequest(filter), boundsOf(call, deadlineMs))
    return [...acls].sort(inOrder)
  },
  createAcls: async (call, acls) => {
    const outcomes = await eachSound(acls, aclProblem, async sound => {
      const results = await sendChange(cluster, {
        request: () => createAclsRequest(sound),
        ...boundsOf(call, deadlineMs),
      })
      return results.map((result, index) => (result.errorCode === 0 ? (sound[index] ?? unanswered()) : errorOf(result)))
    })
    const last = outcomes.findLast((outcome): outcome is AclBinding => !isFailure(outcome))
    await untilKnown(cluster, call, last, true, withinMs)
    return outcomes
  },
  deleteAcls: async (call, filters) => {
    const outcomes = await eachSound(filters, filterProblem, async sound => {
      const results = await sendChange(cluster, {
        request: () => deleteAclsRequest(sound),
        ...boundsOf(call, deadlineMs),
      })
      return results.map(deletedOf)
    })
    const deleted = outcomes.flatMap(outcome => (isFailure(outcome) ? [] : outcome))
    const last = deleted.findLast((outcome): outcome is AclBinding => !isFailure(outcome))
    await untilKnown(cluster, call, last, false, withinMs)
    return outcomes
  },
})
