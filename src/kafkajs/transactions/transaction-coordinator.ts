import { kafkaErrorAbout } from '../../kafka/error-about.ts'
import { KafkaError, kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'
import type { ProduceCluster } from '../produce/produce-cluster.ts'
import {
  type AddedPartition,
  addPartitionsToTxnRequest,
  type TransactionPartition,
} from '../protocol/add-partitions-to-txn.ts'
import { commitTxnRequest, type TransactionalProducer } from '../protocol/end-txn.ts'
import { findCoordinatorRequest } from '../protocol/find-coordinator.ts'
import { initProducerIdRequest } from '../protocol/init-producer-id.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** A newer epoch has come up: of ids that nobody else uses, by a repeat of our own that arrived late. */
export const FENCED: ReadonlySet<string> = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'])

const throwIfFailed = (transactionalId: string, errorCode: number): void => {
  if (errorCode !== 0) throw kafkaErrorAbout({ transactionalId }, errorCode)
}

/**
 * The broker that keeps one transactional id's transactions, asked until it answers: every request may be repeated, and the
 * coordinator is looked for again after any failure, since it may have moved.
 */
export class TransactionCoordinator {
  readonly #cluster: ProduceCluster
  readonly #transactionalId: string
  readonly #idleMs: number
  #address: string | null = null

  constructor(cluster: ProduceCluster, transactionalId: string, idleMs: number) {
    this.#cluster = cluster
    this.#transactionalId = transactionalId
    this.#idleMs = idleMs
  }

  /**
   * A producer of a newer epoch: what is open under this id is aborted, and whatever still travels for it is refused.
   * @throws KafkaError Kafka's (as every method here), and the bounds' end.
   */
  async begin(timeoutMs: number, bounds: RetryBounds): Promise<TransactionalProducer> {
    const transactionalId = this.#transactionalId
    const request = initProducerIdRequest({ transactionalId, timeoutMs })
    const { producerId, producerEpoch } = await this.#ask(request, bounds, ({ errorCode }) =>
      throwIfFailed(this.#transactionalId, errorCode),
    )
    return { transactionalId, producerId, producerEpoch }
  }

  /** Makes partitions part of the transaction; answers those that are refused, and then none has become part of it. */
  async add(
    producer: TransactionalProducer,
    partitions: readonly TransactionPartition[],
    bounds: RetryBounds,
  ): Promise<readonly AddedPartition[]> {
    const added = await this.#ask(addPartitionsToTxnRequest(producer, partitions), bounds, answer => {
      for (const { errorCode } of answer) {
        const { code, retriable } = kafkaErrorOf(errorCode)
        // A topic may be gone for good.
        if (FENCED.has(code) || (retriable && errorCode !== UNKNOWN_TOPIC_OR_PARTITION))
          throwIfFailed(this.#transactionalId, errorCode)
      }
    })
    return added.filter(({ errorCode }) => errorCode !== 0)
  }

  /** Commits; `onSend` is called right before each sending. */
  async commit(producer: TransactionalProducer, bounds: RetryBounds, onSend: () => void): Promise<void> {
    await this.#ask(
      commitTxnRequest(producer),
      bounds,
      ({ errorCode }) => throwIfFailed(this.#transactionalId, errorCode),
      onSend,
    )
  }

  #ask<T>(
    request: ApiRequest<T>,
    bounds: RetryBounds,
    check: (answer: T) => void,
    onSend: () => void = () => {},
  ): Promise<T> {
    return retrying(bounds, async signal => {
      try {
        this.#address ??= await this.#find()
        const link = await this.#cluster.links.get(this.#address, 'transaction')
        // Nobody waits for this attempt any more: what it would do has been told as not done.
        signal.throwIfAborted()
        onSend()
        const answer = await link.call(request, this.#idleMs)
        check(answer)
        return answer
      } catch (thrown) {
        const isAtWork = thrown instanceof KafkaError && thrown.code === 'CONCURRENT_TRANSACTIONS'
        if (!isAtWork) this.#address = null
        throw thrown
      }
    })
  }

  async #find(): Promise<string> {
    const { errorCode, address } = await this.#cluster.askAny(() => findCoordinatorRequest(this.#transactionalId))
    throwIfFailed(this.#transactionalId, errorCode)
    return address
  }
}
