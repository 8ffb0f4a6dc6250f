import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { kafkaErrorAbout, thingsOf } from '../../kafka/error-about.ts'
import { asKafkaError, KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import { homeOf, resourceProblem } from '../configs/config-home.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'
import { wireConfigResource } from '../protocol/config-resource.ts'
import {
  type DescribedConfigs,
  describeConfigsRequest,
  type WireConfigSelection,
} from '../protocol/describe-configs.ts'
import { configEntriesOf } from './config-entry.ts'

type Configs = Outcome<readonly ConfigEntry[]>

const INVALID_REQUEST = 42

const outcomeOf = ({ type, name }: ConfigResource, answer: DescribedConfigs | undefined): Configs => {
  if (answer === undefined) return new KafkaError('UNKNOWN_SERVER_ERROR', 'the broker did not answer for this resource')
  // Before Kafka 4.0 the same request knows no groups: no version tells.
  if (answer.errorCode === INVALID_REQUEST && type === 'GROUP' && name !== '') {
    return new KafkaError('UNSUPPORTED_VERSION', 'this Kafka knows no configs of groups')
  }
  if (answer.errorCode === 0) return configEntriesOf(answer.configs)
  return kafkaErrorAbout(thingsOf({ type, name }), answer.errorCode, answer.errorMessage)
}

/**
 * Configs that any broker tells, by resource name; one request for all. They are of one type: a broker refuses the whole
 * request for a type that it does not know.
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

/** Configs that only one broker tells. It may be down while the others serve: that is its own outcome. */
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

/** How long Kafka may take. */
export interface DescribeConfigsBounds {
  readonly bounds: RetryBounds
  /** For one broker that alone can answer. */
  readonly brokerBounds: RetryBounds
}

const describeOneType = async (
  cluster: ClusterMap,
  resources: readonly ConfigResource[],
  selection: WireConfigSelection,
  { bounds, brokerBounds }: DescribeConfigsBounds,
): Promise<readonly Configs[]> => {
  const isAnywhere = (one: ConfigResource) => resourceProblem(one) === null && homeOf(one) === null
  const told = describeAnywhere(cluster, resources.filter(isAnywhere), selection, bounds)
  const outcomes = resources.map(async (resource): Promise<Configs> => {
    const problem = resourceProblem(resource)
    if (problem !== null) return problem
    const nodeId = homeOf(resource)
    if (nodeId !== null) return describeAt(cluster, nodeId, resource, selection, brokerBounds)
    return outcomeOf(resource, (await told).get(resource.name))
  })
  return Promise.all(outcomes)
}

/**
 * Configs of each resource, in order; all topics in one request, and so the groups and the client metrics; each broker
 * asked itself, side by side. A broker that is down is waited for within `brokerBounds`.
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
