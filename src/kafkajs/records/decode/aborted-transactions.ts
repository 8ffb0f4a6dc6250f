import type { IsolationLevel } from '../../../kafka/message.ts'

/** An aborted transaction of a Fetch response: its producer and first offset in this partition. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/**
 * Tracks, batch by batch, which producers' transactions are aborted. Works like Kafka's Java consumer: a producer
 * counts as aborted from its transaction's first offset until its abort marker.
 */
export class AbortedTransactions {
  readonly #coming: readonly AbortedTransaction[]
  readonly #aborted = new Set<bigint>()
  #taken = 0

  constructor(isolationLevel: IsolationLevel, transactions: readonly AbortedTransaction[]) {
    // READ_UNCOMMITTED reads everything, whatever the broker lists.
    const listed = isolationLevel === 'READ_COMMITTED' ? [...transactions] : []
    this.#coming = listed.sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : a.firstOffset > b.firstOffset ? 1 : 0))
  }

  /** Takes up the transactions that began below `nextOffset`. */
  advance(nextOffset: bigint): void {
    for (;;) {
      const transaction = this.#coming[this.#taken]
      if (!transaction || transaction.firstOffset >= nextOffset) return
      this.#aborted.add(transaction.producerId)
      this.#taken++
    }
  }

  /** Whether a transactional batch of this producer belongs to an aborted transaction. */
  has(producerId: bigint): boolean {
    return this.#aborted.has(producerId)
  }

  /** Call when this producer's abort marker was read: later batches belong to another transaction. */
  end(producerId: bigint): void {
    this.#aborted.delete(producerId)
  }
}
