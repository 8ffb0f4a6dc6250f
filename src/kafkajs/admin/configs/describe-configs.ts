import type { ConfigEntry, ConfigResource } from '../../../kafka/cluster.ts'
import { kafkaErrorAbout, thingsOf } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { wireConfigResource } from '../../requests/configs/config-resource.ts'
import {
  type DescribedConfigs,
  describeConfigsRequest,
  type WireConfigSelection,
} from '../../requests/configs/describe-configs.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import { configEntriesOf } from './config-entry.ts'
import { homeOf, resourceProblem } from './config-home.ts'

type Configs = Outcome<readonly ConfigEntry[]>

const INVALID_REQUEST = 42

const outcomeOf = ({ type, name }: ConfigResource, answer: DescribedConfigs | undefined): Configs => {
  if (answer === undefined)
    return new KafkaError('UNKNOWN_SERVER_ERROR', 'the response of the broker does not contain this resource')
  // Before Kafka 4.0 the same request version does not support groups, so the version alone does not tell.
  if (answer.errorCode === INVALID_REQUEST && type === 'GROUP' && name !== '') {
    return new KafkaError('UNSUPPORTED_VERSION', 'this Kafka version does not support configs of groups')
  }
  if (answer.errorCode === 0) return configEntriesOf(answer.configs)
  return kafkaErrorAbout(thingsOf({ type, name }), answer.errorCode, answer.errorMessage)
}

/**
 * Reads configs that any broker serves, in one request, by resource name. All resources have the same type, because a
 * broker refuses the whole request if it does not know one type.
 */
const describeAnywhere = async (
  cluster: ClusterMap,
  resources: readonly ConfigResource[],
  selection: WireConfigSelection,
  bounds: RetryBounds,
): Promise<ReadonlyMap<string, DescribedConfigs>> => {
  if (resources.length === 0) return new Map()
  const wanted = resources.map(wireConfigResource)
  const answers = await cluster.askAnyUntil(() => describeConfigsRequest(wanted, selection), bounds)
  return new Map(answers.map(answer => [answer.name, answer]))
}

/** Reads configs that only one broker serves. If that broker is down, only this resource fails. */
const describeAt = async (
  cluster: ClusterMap,
  nodeId: number,
  resource: ConfigResource,
  selection: WireConfigSelection,
  bounds: RetryBounds,
): Promise<Configs> => {
  try {
    const answers = await retrying(bounds, async () => {
      if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
      return cluster.askNode(nodeId, () => describeConfigsRequest([wireConfigResource(resource)], selection))
    })
    return outcomeOf(resource, answers[0])
  } catch (thrown) {
    const isKnown = cluster.state.isUp && thrown instanceof KafkaError
    if (isKnown) return asKafkaError(thrown)
    throw thrown
  }
}

/** Time limits for Kafka. */
export interface DescribeConfigsBounds {
  readonly bounds: RetryBounds
  /** For a broker that alone can answer. */
  readonly brokerBounds: RetryBounds
}

const describeOneType = async (
  cluster: ClusterMap,
  resources: readonly ConfigResource[],
  selection: WireConfigSelection,
  { bounds, brokerBounds }: DescribeConfigsBounds,
): Promise<readonly Configs[]> => {
  const isAnywhere = (one: ConfigResource) => resourceProblem(one) === null && homeOf(one) === null
  const served = describeAnywhere(cluster, resources.filter(isAnywhere), selection, bounds)
  const outcomes = resources.map(async (resource): Promise<Configs> => {
    const problem = resourceProblem(resource)
    if (problem !== null) return problem
    const nodeId = homeOf(resource)
    if (nodeId !== null) return describeAt(cluster, nodeId, resource, selection, brokerBounds)
    return outcomeOf(resource, (await served).get(resource.name))
  })
  return Promise.all(outcomes)
}

/**
 * The configs of each resource, in order. Sends one request each for all topics, all groups and all client metrics.
 * Asks each broker for its own configs, in parallel, within `brokerBounds`.
 */
export const describeConfigs = async (
  cluster: ClusterMap,
  resources: readonly ConfigResource[],
  selection: WireConfigSelection,
  within: DescribeConfigsBounds,
): Promise<readonly Configs[]> => {
  const types = [...new Set(resources.map(({ type }) => type))]
  const byType = await Promise.all(
    types.map(async type => {
      const ofType = resources.filter(one => one.type === type)
      return [type, (await describeOneType(cluster, ofType, selection, within)).values()] as const
    }),
  )
  const remaining = new Map(byType)
  return resources.map(resource => remaining.get(resource.type)?.next().value ?? outcomeOf(resource, undefined))
}
