import type { Catalog } from '../kafka/ports.ts'
import type { BrokerChange, Watches } from '../kafka/watches.ts'
import { remembered } from './advance.ts'
import { type BrokersSnapshot, brokerChanges, brokersLook } from './broker-changes.ts'
import { positionIn } from './open-watch.ts'
import type { WatchHouse } from './watch-house.ts'

/** The watch of brokers. */
export class BrokerWatches implements Pick<Watches, 'brokerChanges'> {
  readonly #house: WatchHouse
  readonly #catalog: Catalog
  readonly #polls
  readonly #advance = remembered(brokerChanges)

  constructor(house: WatchHouse, catalog: Catalog) {
    this.#house = house
    this.#catalog = catalog
    this.#polls = house.polls<BrokersSnapshot>()
  }

  brokerChanges: Watches['brokerChanges'] = options =>
    this.#house.open<BrokerChange>(
      [
        positionIn(() => ({
          poll: this.#polls.of('', () => brokersLook(() => this.#catalog.describeCluster())),
          intervalMs: this.#house.limits.clusterMs,
          advance: this.#advance,
        })),
      ],
      options,
    )
}
