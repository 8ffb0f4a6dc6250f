import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import { findCoordinatorRequest } from '../../requests/cluster/find-coordinator.ts'
import {
  type AddedPartition,
  addPartitionsToTxnRequest,
  type TransactionPartition,
} from '../../requests/transactions/add-partitions-to-txn.ts'
import { commitTxnRequest, type TransactionalProducer } from '../../requests/transactions/end-txn.ts'
import { initProducerIdRequest } from '../../requests/transactions/init-producer-id.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** A newer epoch exists. No other process uses our ids, so the cause is a delayed repeat of our own request. */
export const FENCED: ReadonlySet<string> = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'])

const throwIfFailed = (transactionalId: string, errorCode: number): void => {
  if (errorCode !== 0) throw kafkaErrorAbout({ transactionalId }, errorCode)
}

/**
 * The coordinator of one transactional id. Every request is idempotent and is retried until it succeeds. After a
 * failure the coordinator is looked up again, since it may have moved.
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
   * Gets a producer with a newer epoch. Kafka aborts the open transaction of this id and fences delayed requests.
   * @throws KafkaError Kafka's errors and the end of the bounds, like every method here.
   */
  async begin(timeoutMs: number, bounds: RetryBounds): Promise<TransactionalProducer> {
    const transactionalId = this.#transactionalId
    const request = initProducerIdRequest({ transactionalId, timeoutMs })
    const { producerId, producerEpoch } = await this.#ask(request, bounds, ({ errorCode }) =>
      throwIfFailed(this.#transactionalId, errorCode),
    )
    return { transactionalId, producerId, producerEpoch }
  }

  /** Adds partitions to the transaction. Returns the refused ones; if there are any, none was added. */
  async add(
    producer: TransactionalProducer,
    partitions: readonly TransactionPartition[],
    bounds: RetryBounds,
  ): Promise<readonly AddedPartition[]> {
    const added = await this.#ask(addPartitionsToTxnRequest(producer, partitions), bounds, answer => {
      for (const { errorCode } of answer) {
        const { code, retriable } = kafkaErrorOf(errorCode)
        // The topic may have been deleted.
        if (FENCED.has(code) || (retriable && errorCode !== UNKNOWN_TOPIC_OR_PARTITION))
          throwIfFailed(this.#transactionalId, errorCode)
      }
    })
    return added.filter(({ errorCode }) => errorCode !== 0)
  }

  /** Commits the transaction. Calls `onSend` right before each attempt is sent. */
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
        // The caller has given up and reported that nothing was committed, so nothing may be sent any more.
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
