import type { ClusterDescription } from '../../kafka/cluster.ts'
import type { BrokerChange, HealthSeen, Watches } from '../../kafka/ports/watches.ts'
import { remembered } from '../poll/advance.ts'
import { positionIn } from '../poll/open-watch.ts'
import type { View } from '../poll/position.ts'
import type { WatchRegistry } from '../poll/watch-registry.ts'
import { type TopicQuestions, topicsLook } from '../topics/topics-look.ts'
import { type BrokersSnapshot, brokerChanges, brokersLook } from './broker-changes.ts'
import { type HealthSnapshot, healthChanges, healthLook } from './health-changes.ts'

/** What the watches of the cluster ask. */
export interface BrokerQuestions extends TopicQuestions {
  describeCluster(): Promise<ClusterDescription>
}

/** The watches of the cluster as a whole. */
export class BrokerWatches implements Pick<Watches, 'brokerChanges' | 'clusterHealth'> {
  readonly #registry: WatchRegistry
  readonly #brokers
  readonly #health
  readonly #questions: BrokerQuestions
  readonly #brokerChanges = remembered(brokerChanges)
  readonly #healthChanges = remembered(healthChanges)

  constructor(registry: WatchRegistry, questions: BrokerQuestions) {
    this.#registry = registry
    this.#questions = questions
    this.#brokers = registry.polls<BrokersSnapshot>()
    this.#health = registry.polls<HealthSnapshot>()
  }

  brokerChanges: Watches['brokerChanges'] = call => {
    const view = (): View<BrokersSnapshot, BrokerChange> => ({
      poll: this.#brokers.of('', () => brokersLook(this.#questions.describeCluster)),
      intervalMs: this.#registry.limits.clusterMs,
      advance: this.#brokerChanges,
    })
    return this.#registry.open<BrokerChange>([positionIn(view)], call)
  }

  clusterHealth: Watches['clusterHealth'] = (call, { intervalMs }) => {
    const makeLook = () => healthLook(topicsLook(null, this.#questions), brokersLook(this.#questions.describeCluster))
    const view = (): View<HealthSnapshot, HealthSeen> => ({
      poll: this.#health.of('', makeLook),
      intervalMs,
      advance: this.#healthChanges,
      first: snapshot => [snapshot],
    })
    return this.#registry.open<HealthSeen>([positionIn(view)], call)
  }
}
