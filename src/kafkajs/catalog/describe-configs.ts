import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { asKafkaError, KafkaError, kafkaErrorOf, type Outcome } from '../../kafka/kafka-error.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'
import { type DescribedConfigs, describeConfigsRequest } from '../protocol/describe-configs.ts'
import { configEntriesOf } from './config-entry.ts'

type Configs = Outcome<readonly ConfigEntry[]>

/** What is told besides names and values. */
export interface ConfigDetail {
  readonly synonyms: boolean
  readonly documentation: boolean
}

const TYPE_NUMBERS = { TOPIC: 2, BROKER: 4 } as const

const outcomeOf = (answer: DescribedConfigs | undefined): Configs => {
  if (answer === undefined) return new KafkaError('UNKNOWN_SERVER_ERROR', 'the broker did not answer for this resource')
  return answer.errorCode === 0 ? configEntriesOf(answer.configs) : kafkaErrorOf(answer.errorCode, answer.errorMessage)
}

const brokerProblem = (name: string): KafkaError | null =>
  /^\d{1,9}$/.test(name) ? null : new KafkaError('INVALID_REQUEST', `a broker is named by its node id, not "${name}"`)

/** Configs of topics, which any broker tells; one request for all. */
const describeTopics = async (
  cluster: ClusterMap,
  names: readonly string[],
  detail: ConfigDetail,
  bounds: RetryBounds,
): Promise<readonly Configs[]> => {
  const wanted = names.map(name => ({ type: TYPE_NUMBERS.TOPIC, name }))
  const answers = await cluster.askAnyUntil(() => describeConfigsRequest(wanted, detail), bounds)
  const found = new Map(answers.map(answer => [answer.name, answer]))
  return names.map(name => outcomeOf(found.get(name)))
}

/** A broker's configs, which only itself tells. It may be down while the others serve: that is its own outcome. */
const describeBroker = async (
  cluster: ClusterMap,
  name: string,
  detail: ConfigDetail,
  bounds: RetryBounds,
): Promise<Configs> => {
  const problem = brokerProblem(name)
  if (problem !== null) return problem
  const wanted = [{ type: TYPE_NUMBERS.BROKER, name }]
  const nodeId = Number(name)
  try {
    const answers = await retrying(bounds, async () => {
      if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
      return cluster.askNode(nodeId, () => describeConfigsRequest(wanted, detail))
    })
    return outcomeOf(answers[0])
  } catch (thrown) {
    const isKnown = cluster.state.isUp && thrown instanceof KafkaError
    if (isKnown) return asKafkaError(thrown)
    throw thrown
  }
}

/**
 * Configs of each resource, in order; all topics in one request, each broker asked itself, side by side.
 * A broker that is down is waited for within `brokerBounds`.
 */
export const describeConfigs = async (
  cluster: ClusterMap,
  resources: readonly ConfigResource[],
  detail: ConfigDetail,
  { bounds, brokerBounds }: { readonly bounds: RetryBounds; readonly brokerBounds: RetryBounds },
): Promise<readonly Configs[]> => {
  const topics = resources.filter(({ type }) => type === 'TOPIC').map(({ name }) => name)
  const brokers = resources.filter(({ type }) => type === 'BROKER').map(({ name }) => name)
  const [ofTopics, ofBrokers] = await Promise.all([
    topics.length > 0 ? describeTopics(cluster, topics, detail, bounds) : [],
    Promise.all(brokers.map(name => describeBroker(cluster, name, detail, brokerBounds))),
  ])
  const remaining = { TOPIC: ofTopics.values(), BROKER: ofBrokers.values() }
  return resources.map(({ type }) => remaining[type].next().value ?? outcomeOf(undefined))
}
