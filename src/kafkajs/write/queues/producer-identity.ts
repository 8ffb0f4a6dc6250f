import { kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { BatchProducer } from '../../records/encode/encode-batch.ts'
import { initProducerIdRequest } from '../../requests/transactions/init-producer-id.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'

/** The sequence number after `count` messages. Kafka counts to 2^31 - 1 and then starts again at 0. */
export const advanceSequence = (sequence: number, count: number): number => (sequence + count) % 2 ** 31

/** Producer id and sequence under which one partition's batches are written. */
export interface BatchIdentity {
  /** Null outside transactions. */
  readonly transactionalId: string | null
  /** The identity of the next batch. @throws KafkaError if there is none. */
  obtain(): Promise<BatchProducer>
  /** Call after a batch of `count` messages was written. */
  advance(count: number): void
  /** Call when the outcome of a sequence is unknown. */
  retire(): void
}

/**
 * One partition's producer id and its next sequence. Kafka accepts each sequence once, so a batch may be sent again
 * after any failure. A sequence with an unknown outcome is never reused for other messages.
 */
export class ProducerIdentity implements BatchIdentity {
  readonly transactionalId = null
  readonly #cluster: ProduceCluster
  readonly #firstSequence: number
  #current: BatchProducer | null = null

  constructor(cluster: ProduceCluster, firstSequence = 0) {
    this.#cluster = cluster
    this.#firstSequence = firstSequence
  }

  /** The identity of the next batch. Gets a producer id first if there is none. @throws KafkaError Kafka's error. */
  async obtain(): Promise<BatchProducer> {
    if (this.#current !== null) return this.#current
    const { errorCode, producerId, producerEpoch } = await this.#cluster.askAny(() => initProducerIdRequest())
    if (errorCode !== 0) throw kafkaErrorOf(errorCode)
    this.#current = { producerId, producerEpoch, baseSequence: this.#firstSequence }
    return this.#current
  }

  /** Call after a batch of `count` messages was written. */
  advance(count: number): void {
    if (this.#current === null) return
    const baseSequence = advanceSequence(this.#current.baseSequence, count)
    this.#current = { ...this.#current, baseSequence }
  }

  /** Call when the outcome of a sequence is unknown: the next batch gets a new producer id. */
  retire(): void {
    this.#current = null
  }
}
