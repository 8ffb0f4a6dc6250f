import type { Catalog } from '../kafka/ports.ts'
import type { BrokerChange, HealthSeen, Watches } from '../kafka/watches.ts'
import { remembered } from './advance.ts'
import { type BrokersSnapshot, brokerChanges, brokersLook } from './broker-changes.ts'
import { type HealthSnapshot, healthChanges, healthLook } from './health-changes.ts'
import { positionIn } from './open-watch.ts'
import type { View } from './position.ts'
import { type TopicQuestions, topicsLook } from './topics-look.ts'
import type { WatchHouse } from './watch-house.ts'

/** The watches of the cluster as a whole. */
export class BrokerWatches implements Pick<Watches, 'brokerChanges' | 'clusterHealth'> {
  readonly #house: WatchHouse
  readonly #brokers
  readonly #health
  readonly #questions: TopicQuestions & Pick<Catalog, 'describeCluster'>
  readonly #brokerChanges = remembered(brokerChanges)
  readonly #healthChanges = remembered(healthChanges)

  constructor(house: WatchHouse, questions: TopicQuestions & Pick<Catalog, 'describeCluster'>) {
    this.#house = house
    this.#questions = questions
    this.#brokers = house.polls<BrokersSnapshot>()
    this.#health = house.polls<HealthSnapshot>()
  }

  brokerChanges: Watches['brokerChanges'] = options => {
    const view = (): View<BrokersSnapshot, BrokerChange> => ({
      poll: this.#brokers.of('', () => brokersLook(this.#questions.describeCluster)),
      intervalMs: this.#house.limits.clusterMs,
      advance: this.#brokerChanges,
    })
    return this.#house.open<BrokerChange>([positionIn(view)], options)
  }

  clusterHealth: Watches['clusterHealth'] = ({ intervalMs }, options) => {
    const makeLook = () => healthLook(topicsLook(null, this.#questions), brokersLook(this.#questions.describeCluster))
    const view = (): View<HealthSnapshot, HealthSeen> => ({
      poll: this.#health.of('', makeLook),
      intervalMs,
      advance: this.#healthChanges,
      first: snapshot => [snapshot],
    })
    return this.#house.open<HealthSeen>([positionIn(view)], options)
  }
}
