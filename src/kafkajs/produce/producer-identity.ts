import { kafkaErrorOf } from '../../kafka/kafka-error.ts'
import { initProducerIdRequest } from '../protocol/init-producer-id.ts'
import type { BatchProducer } from '../record-batch/encode-batch.ts'
import type { ProduceCluster } from './produce-cluster.ts'

/** The sequence after `count` more messages: Kafka counts to 2^31 - 1 and starts again at 0. */
export const advanceSequence = (sequence: number, count: number): number => (sequence + count) % 2 ** 31

/** Under which name and number one partition's batches are written. */
export interface BatchIdentity {
  /** Null outside transactions. */
  readonly transactionalId: string | null
  /** The next batch's identity. @throws KafkaError when there is none. */
  obtain(): Promise<BatchProducer>
  /** A batch of `count` messages was written. */
  advance(count: number): void
  /** The outcome of a sequence is unknown. */
  retire(): void
}

/**
 * One partition's producer id and the sequence of its next batch. Kafka takes the same sequence once only, so a batch
 * may be sent again after any failure; a sequence whose outcome stayed unknown is never used for other messages.
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

  /** The next batch's identity; takes a producer id first where there is none. @throws KafkaError Kafka's. */
  async obtain(): Promise<BatchProducer> {
    if (this.#current !== null) return this.#current
    const { errorCode, producerId, producerEpoch } = await this.#cluster.askAny(() => initProducerIdRequest())
    if (errorCode !== 0) throw kafkaErrorOf(errorCode)
    this.#current = { producerId, producerEpoch, baseSequence: this.#firstSequence }
    return this.#current
  }

  /** A batch of `count` messages was written. */
  advance(count: number): void {
    if (this.#current === null) return
    const baseSequence = advanceSequence(this.#current.baseSequence, count)
    this.#current = { ...this.#current, baseSequence }
  }

  /** The outcome of a sequence is unknown: the next batch gets a producer id of its own. */
  retire(): void {
    this.#current = null
  }
}
