import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { BatchProducer } from '../../records/encode/encode-batch.ts'
import type { TransactionalProducer } from '../../requests/transactions/end-txn.ts'
import { advanceSequence, type BatchIdentity } from '../queues/producer-identity.ts'

/**
 * One partition's part of a transaction. The epoch is new, so the sequence starts at 0. An unknown outcome aborts the
 * transaction.
 */
export class TransactionIdentity implements BatchIdentity {
  readonly transactionalId: string
  #current: BatchProducer | null

  constructor({ transactionalId, producerId, producerEpoch }: TransactionalProducer) {
    this.transactionalId = transactionalId
    this.#current = { producerId, producerEpoch, baseSequence: 0 }
  }

  async obtain(): Promise<BatchProducer> {
    if (this.#current === null) throw new KafkaError('TRANSACTION_ABORTED')
    return this.#current
  }

  advance(count: number): void {
    if (this.#current === null) return
    this.#current = { ...this.#current, baseSequence: advanceSequence(this.#current.baseSequence, count) }
  }

  retire(): void {
    this.#current = null
  }
}
