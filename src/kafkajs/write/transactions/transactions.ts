import type { PendingMessage } from '../messages/pending-message.ts'
import type { ProduceContext } from '../senders/produce-context.ts'
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

  /** Writes the messages of one call in one transaction. The call itself returns after `timeoutMs` at the latest. */
  start(messages: readonly PendingMessage[], timeoutMs: number): void {
    const transaction = new Transaction(this.#context, messages, timeoutMs)
    const running = transaction.run().finally(() => this.#running.delete(transaction))
    this.#running.set(transaction, running)
  }

  /** Wakes the transactions that wait for a leader of this topic. */
  leadersChanged(topic: string): void {
    for (const transaction of this.#running.keys()) transaction.leadersChanged(topic)
  }

  /** Resolves once all transactions started so far have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  /** Leaves open transactions to their time-out. Their calls must have been answered already. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.settled()
  }
}
