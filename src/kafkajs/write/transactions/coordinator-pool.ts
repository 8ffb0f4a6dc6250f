import { randomUUID } from 'node:crypto'
import { Permits } from '../../../async/permits.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'
import type { SinkLimits } from '../senders/sink-limits.ts'
import { TransactionCoordinator } from './transaction-coordinator.ts'

/**
 * A few transactional ids of this process, each lent to one transaction at a time. They are new in every process, so no
 * other process is ever fenced. Kafka forgets them after `transactional.id.expiration.ms`.
 */
export class CoordinatorPool {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  readonly #name = `kafka-graphql-${randomUUID()}`
  readonly #permits: Permits
  readonly #free: TransactionCoordinator[] = []
  #made = 0

  constructor(cluster: ProduceCluster, limits: SinkLimits) {
    this.#cluster = cluster
    this.#limits = limits
    this.#permits = new Permits({ most: limits.maxTransactions })
  }

  /** Lends a free coordinator, or waits in turn for one. @throws the signal's reason. */
  async borrow(signal: AbortSignal): Promise<TransactionCoordinator> {
    await this.#permits.acquire(signal)
    // Prefer an unused id, then the one returned first, because the last steps of a commit continue after its response.
    return this.#make() ?? this.#free.shift() ?? this.#exhausted()
  }

  release(coordinator: TransactionCoordinator): void {
    this.#free.push(coordinator)
    this.#permits.give()
  }

  #make(): TransactionCoordinator | null {
    if (this.#made >= this.#limits.maxTransactions) return null
    return new TransactionCoordinator(this.#cluster, `${this.#name}-${this.#made++}`, this.#limits.idleMs)
  }

  #exhausted(): never {
    throw new Error('a permit was granted without a free coordinator')
  }
}
