import type { PendingMessage } from '../produce/pending-message.ts'
import type { ProduceContext } from '../produce/produce-context.ts'
import { CoordinatorPool } from './coordinator-pool.ts'
import { Transaction, type TransactionContext } from './transaction.ts'

/** The transactions of one sink. */
export class Transactions implements AsyncDisposable {
  readonly #context: TransactionContext
  readonly #closing = new AbortController()
  readonly #running = new Map<Transaction, Promise<void>>()

  constructor(produce: ProduceContext, place: TransactionContext['place']) {
    const coordinators = new CoordinatorPool(produce.cluster, produce.limits)
    this.#context = { produce, coordinators, place, closing: this.#closing.signal }
  }

  /** Writes one call's messages all together; the call is answered when `timeoutMs` have passed. */
  start(messages: readonly PendingMessage[], timeoutMs: number): void {
    const transaction = new Transaction(this.#context, messages, timeoutMs)
    const running = transaction.run().finally(() => this.#running.delete(transaction))
    this.#running.set(transaction, running)
  }

  /** Wakes what waits for a leader of this topic. */
  leadersChanged(topic: string): void {
    for (const transaction of this.#running.keys()) transaction.leadersChanged(topic)
  }

  /** Resolves when everything begun until now has come to its end. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  /** Leaves what is open to its time-out. Its calls must be answered before. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.settled()
  }
}
