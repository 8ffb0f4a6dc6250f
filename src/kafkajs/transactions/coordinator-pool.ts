import { randomUUID } from 'node:crypto'
import { orAborted } from '../connection/wait.ts'
import type { ProduceCluster } from '../produce/produce-cluster.ts'
import type { SinkLimits } from '../produce/sink-limits.ts'
import { TransactionCoordinator } from './transaction-coordinator.ts'

/**
 * A few transactional ids of this process, each lent to one transaction at a time. They are new in every process, so no
 * other process is ever fenced. Kafka forgets them after `transactional.id.expiration.ms`.
 */
export class CoordinatorPool {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  readonly #name = `kafka-graphql-${randomUUID()}`
  readonly #free: TransactionCoordinator[] = []
  #waiting: ((coordinator: TransactionCoordinator) => void)[] = []
  #made = 0

  constructor(cluster: ProduceCluster, limits: SinkLimits) {
    this.#cluster = cluster
    this.#limits = limits
  }

  /** Lends a free coordinator, or waits in turn for one. @throws the signal's reason. */
  async borrow(signal: AbortSignal): Promise<TransactionCoordinator> {
    signal.throwIfAborted()
    // Prefer an unused id, then the one returned first, because the last steps of a commit continue after its response.
    const coordinator = this.#make() ?? this.#free.shift()
    if (coordinator !== undefined) return coordinator
    let give: (coordinator: TransactionCoordinator) => void = () => {}
    const given = new Promise<TransactionCoordinator>(resolve => {
      give = resolve
    })
    this.#waiting.push(give)
    try {
      return await orAborted(given, signal)
    } catch (thrown) {
      this.#waiting = this.#waiting.filter(one => one !== give)
      // The coordinator may have been handed over in the same tick.
      void given.then(late => this.release(late))
      throw thrown
    }
  }

  release(coordinator: TransactionCoordinator): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(coordinator)
    else next(coordinator)
  }

  #make(): TransactionCoordinator | null {
    if (this.#made >= this.#limits.maxTransactions) return null
    return new TransactionCoordinator(this.#cluster, `${this.#name}-${this.#made++}`, this.#limits.idleMs)
  }
}
