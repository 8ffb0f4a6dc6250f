import type { ConfigResource, ConfigResourceType } from '../../../kafka/cluster.ts'
import { kafkaErrorAbout, thingsOf } from '../../../kafka/errors/error-about.ts'
import { KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { AlterConfigOp, ConfigAdmin } from '../../../kafka/ports/config-admin.ts'
import type { ValidateOption } from '../../../kafka/ports/topic-admin.ts'
import { wireConfigResource } from '../../requests/configs/config-resource.ts'
import {
  type AlterConfigsResult,
  incrementalAlterConfigsRequest,
} from '../../requests/configs/incremental-alter-configs.ts'
import { listConfigResourcesRequest } from '../../requests/configs/list-config-resources.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { sendChange } from '../change/send-change.ts'
import type { ConfigAdminLimits } from './config-admin-limits.ts'
import { homeOf, resourceProblem } from './config-home.ts'
import { untilShown } from './until-shown.ts'

/** Dependencies of the config admin. */
export interface ConfigAdminParts {
  readonly cluster: ClusterMap
  readonly limits: ConfigAdminLimits
  /** Called after every change, including failed ones, because caches may be stale. */
  readonly onChange: () => void
}

const INVALID_REQUEST = 42

const outcomeOf = (resource: ConfigResource, result: AlterConfigsResult | undefined): Outcome<ConfigResource> => {
  if (result === undefined)
    return new KafkaError('UNKNOWN_SERVER_ERROR', 'the response of Kafka does not contain the result of this change')
  const { errorCode, errorMessage } = result
  if (errorCode === 0) return resource
  // Before Kafka 4.0 the same request version does not support groups, so the version alone does not tell.
  if (errorCode === INVALID_REQUEST && errorMessage?.startsWith('Unknown resource type')) {
    return new KafkaError('UNSUPPORTED_VERSION', `this Kafka version does not support configs of type ${resource.type}`)
  }
  return kafkaErrorAbout(thingsOf(resource), errorCode, errorMessage)
}

const alter = async (
  { cluster, limits }: ConfigAdminParts,
  call: Call,
  resource: ConfigResource,
  ops: readonly AlterConfigOp[],
  { validateOnly = false }: ValidateOption,
): Promise<Outcome<ConfigResource>> => {
  const problem = resourceProblem(resource)
  if (problem !== null) return problem
  const request = () => incrementalAlterConfigsRequest([{ resource: wireConfigResource(resource), ops }], validateOnly)
  try {
    const nodeId = homeOf(resource) ?? undefined
    const [result] = await sendChange(cluster, { request, nodeId, ...boundsOf(call, limits.deadlineMs) })
    const outcome = outcomeOf(resource, result)
    // A logger changes before its broker responds.
    if (outcome === resource && !validateOnly && resource.type !== 'BROKER_LOGGER') {
      await untilShown(cluster, { resource, ops, withinMs: leftMs(call, limits.propagationMs), signal: call.signal })
    }
    return outcome
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
}

const list = async (
  { cluster, limits }: ConfigAdminParts,
  call: Call,
  type: ConfigResourceType,
): Promise<readonly ConfigResource[]> => {
  const bounds = boundsOf(call, limits.deadlineMs)
  const { errorCode, names } = await cluster.askAnyUntil(
    ({ versions }) => listConfigResourcesRequest(type, versions),
    bounds,
  )
  if (errorCode !== 0) throw kafkaErrorOf(errorCode)
  return [...names].sort().map(name => ({ type, name }))
}

/**
 * Lists and changes configs. A broker's configs are sent to that broker, because only it can validate them; others to
 * any broker.
 */
export const createConfigAdmin = (parts: ConfigAdminParts): ConfigAdmin => ({
  listConfigResources: (call, type) => list(parts, call, type),
  incrementalAlterConfigs: (call, resource, ops, options = {}) =>
    alter(parts, call, resource, ops, options).finally(parts.onChange),
})
