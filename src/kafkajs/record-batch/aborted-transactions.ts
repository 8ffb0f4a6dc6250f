import type { IsolationLevel } from '../../kafka/message.ts'

/** One aborted transaction of a Fetch answer: its producer, and where it began in this partition. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/**
 * Knows, batch by batch, whose transaction is an aborted one. As Kafka's Java consumer does: a producer is suspect from
 * its transaction's first offset until its abort marker.
 */
export class AbortedTransactions {
  readonly #coming: readonly AbortedTransaction[]
  readonly #aborted = new Set<bigint>()
  #taken = 0

  constructor(isolationLevel: IsolationLevel, transactions: readonly AbortedTransaction[]) {
    // READ_UNCOMMITTED sees all, whatever the broker lists.
    const listed = isolationLevel === 'READ_COMMITTED' ? [...transactions] : []
    this.#coming = listed.sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : a.firstOffset > b.firstOffset ? 1 : 0))
  }

  /** Takes note of the transactions that began below `nextOffset`. */
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

  /** This producer's abort marker was read: what it writes from here on is another transaction. */
  end(producerId: bigint): void {
    this.#aborted.delete(producerId)
  }
}
