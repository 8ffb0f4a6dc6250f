import { allOrNothing } from '../../../kafka/errors/all-or-nothing.ts'
import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { ProducedMessage } from '../../../kafka/message.ts'
import { partitionKey } from '../../../kafka/topic-partition.ts'
import type { TransactionalProducer } from '../../requests/transactions/end-txn.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { backoffMs, orAborted, pause } from '../../transport/wait.ts'
import type { MessageHolder, PendingMessage } from '../messages/pending-message.ts'
import { PartitionQueue } from '../queues/partition-queue.ts'
import type { PutMessage } from '../queues/topic-lane.ts'
import type { PartitionTarget, ProduceContext } from '../senders/produce-context.ts'
import { isGone } from '../topics/topic-gone.ts'
import type { CoordinatorPool } from './coordinator-pool.ts'
import { StagedMessages } from './staged-messages.ts'
import { FENCED, type TransactionCoordinator } from './transaction-coordinator.ts'
import { TransactionIdentity } from './transaction-identity.ts'

/** What all transactions of a sink share. */
export interface TransactionContext {
  readonly produce: ProduceContext
  readonly coordinators: CoordinatorPool
  /**
   * Chooses the messages' partitions and refuses those that Kafka would refuse. Resolves once each message is placed or
   * answered.
   */
  readonly place: (messages: readonly PendingMessage[], put: PutMessage) => Promise<void>
  /** Aborts when the sink closes. */
  readonly closing: AbortSignal
}

/** The messages for one partition. */
interface Share {
  readonly target: PartitionTarget
  readonly messages: PendingMessage[]
}

const MAX_BEGINS = 5
/** Errors with which a coordinator permanently refuses a commit without having done anything. */
const NOT_COMMITTED: ReadonlySet<string> = new Set([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
  'PRODUCER_FENCED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'UNSUPPORTED_VERSION',
])

/**
 * For the partitions beside a refused one Kafka returns OPERATION_NOT_ATTEMPTED, which we report as
 * TRANSACTION_ABORTED.
 */
const refuseShares = (errors: readonly { readonly share: Share | undefined; readonly error: KafkaError }[]): void => {
  for (const { share, error } of errors) {
    if (error.code === 'OPERATION_NOT_ATTEMPTED') continue
    for (const message of share?.messages ?? []) message.answer(error)
  }
}

/**
 * One call's messages as one Kafka transaction. It begins only after all messages are checked. Until the commit is
 * sent, giving up is certain to leave nothing visible; after that only the coordinator knows the outcome.
 */
export class Transaction implements MessageHolder {
  readonly #context: TransactionContext
  readonly #messages: readonly PendingMessage[]
  readonly #staged: StagedMessages
  readonly #shares = new Map<string, Share>()
  /** See PartitionQueue, which reports why messages wait. */
  readonly trouble = null
  readonly #timeoutMs: number
  readonly #givenUp = new AbortController()
  #queues: readonly PartitionQueue[] = []
  #isOpen = false

  /** `timeoutMs` is the time-out of the call, which answers `messages` by itself when it expires. */
  constructor(context: TransactionContext, messages: readonly PendingMessage[], timeoutMs: number) {
    this.#context = context
    this.#messages = messages
    this.#staged = new StagedMessages(messages)
    // Kafka must not abort the transaction while a caller still waits for its commit.
    this.#timeoutMs = timeoutMs + context.produce.limits.idleMs
    for (const message of messages) message.holder = this
  }

  /** Resolves when the transaction has ended: every message is answered, and Kafka has committed or aborted it. */
  async run(): Promise<void> {
    try {
      if (!(await this.#isPlaced())) return
      const coordinator = await this.#context.coordinators.borrow(this.#givenUp.signal)
      try {
        await this.#write(coordinator).catch((thrown: unknown) => this.#giveUp(thrown))
        if (this.#isOpen) await this.#abort(coordinator)
      } finally {
        this.#context.coordinators.release(coordinator)
      }
    } catch (thrown) {
      this.#giveUp(thrown)
    }
  }

  dropAnswered(): void {
    if (!this.#messages.every(message => message.isAnswered)) return
    this.#givenUp.abort()
    this.#staged.giveUp()
  }

  /** Call when the leaders of a topic change. */
  leadersChanged(topic: string): void {
    for (const queue of this.#queues) if (queue.target.topic === topic) queue.leaderChanged()
  }

  get #bounds(): RetryBounds {
    return { deadlineMs: this.#timeoutMs, signal: this.#givenUp.signal }
  }

  /** Chooses a partition for every message. If one is refused, answers all messages and returns false. */
  async #isPlaced(): Promise<boolean> {
    const placing = this.#context.place(this.#staged.messages, (message, target) => {
      const key = partitionKey(target)
      const share = this.#shares.get(key)
      if (share === undefined) this.#shares.set(key, { target, messages: [message] })
      else share.messages.push(message)
    })
    await orAborted(placing, this.#givenUp.signal)
    if (!this.#staged.isRefused) return true
    this.#answer(allOrNothing(await this.#staged.settled))
    return false
  }

  async #write(coordinator: TransactionCoordinator): Promise<void> {
    const producer = await this.#begin(coordinator)
    if (!this.#staged.isRefused) this.#deliver(producer)
    const outcomes = await orAborted(this.#staged.settled, this.#givenUp.signal)
    if (outcomes.some(isFailure)) return this.#answer(allOrNothing(outcomes))
    await this.#commit(coordinator, producer)
    this.#isOpen = false
    this.#answer(outcomes)
  }

  /**
   * A delayed repeat of InitProducerId may fence the epoch that we just got. Nothing is written yet, so begin again.
   */
  async #begin(coordinator: TransactionCoordinator): Promise<TransactionalProducer> {
    for (let begins = 1; ; begins++) {
      const producer = await coordinator.begin(this.#timeoutMs, this.#bounds)
      this.#isOpen = true
      try {
        await this.#addPartitions(coordinator, producer)
        return producer
      } catch (thrown) {
        if (begins >= MAX_BEGINS || !FENCED.has(asKafkaError(thrown).code)) throw thrown
      }
    }
  }

  async #addPartitions(coordinator: TransactionCoordinator, producer: TransactionalProducer): Promise<void> {
    const { cluster, limits } = this.#context.produce
    const targets = [...this.#shares.values()].map(({ target }) => target)
    for (let failures = 1; ; failures++) {
      const refused = await coordinator.add(producer, targets, this.#bounds)
      if (refused.length === 0) return
      const errors = refused.map(({ topic, partition, errorCode }) => {
        return {
          share: this.#shares.get(partitionKey({ topic, partition })),
          error: kafkaErrorAbout({ topic }, errorCode),
        }
      })
      // The coordinator may not know a newly created topic yet.
      const missing = errors.find(({ error }) => error.code === 'UNKNOWN_TOPIC_OR_PARTITION')?.share
      if (missing === undefined || (await isGone(cluster, missing.target, limits.unknownTopicMs))) {
        return refuseShares(errors)
      }
      await pause(backoffMs(failures), this.#givenUp.signal)
    }
  }

  #deliver(producer: TransactionalProducer): void {
    this.#queues = [...this.#shares.values()].map(({ target, messages }) => {
      const queue = new PartitionQueue(this.#context.produce, target, new TransactionIdentity(producer))
      for (const message of messages) queue.add(message)
      return queue
    })
  }

  async #commit(coordinator: TransactionCoordinator, producer: TransactionalProducer): Promise<void> {
    let sent = 0
    try {
      await coordinator.commit(producer, this.#bounds, () => {
        sent++
        this.#setMayBeWritten(true)
      })
    } catch (thrown) {
      const error = asKafkaError(thrown)
      if (sent !== 1 || !NOT_COMMITTED.has(error.code)) throw error
      this.#setMayBeWritten(false)
      throw new KafkaError('TRANSACTION_ABORTED', `Kafka did not commit the transaction: ${error.message}`, {
        cause: error,
      })
    }
  }

  #setMayBeWritten(mayBeWritten: boolean): void {
    for (const message of this.#messages) message.mayBeWritten = mayBeWritten
  }

  /**
   * A newer epoch aborts an open transaction and waits for the end of a committed one. EndTxn could abort too, but a
   * batch still in flight could then land in the next transaction of this id.
   */
  async #abort(coordinator: TransactionCoordinator): Promise<void> {
    const { closing, produce } = this.#context
    try {
      await coordinator.begin(this.#timeoutMs, { deadlineMs: this.#timeoutMs, signal: closing })
    } catch (thrown) {
      // Kafka aborts it after the same time-out, and so does the next transaction of this id.
      produce.logger.warn(
        { error: thrown },
        'a transaction could not be aborted; Kafka will abort it after its time-out',
      )
    }
  }

  #answer(outcomes: readonly Outcome<ProducedMessage>[]): void {
    for (const [index, outcome] of outcomes.entries()) this.#messages[index]?.answer(outcome)
  }

  #giveUp(thrown: unknown): void {
    const error = asKafkaError(thrown)
    for (const message of this.#messages) message.giveUp(error)
    this.#staged.giveUp()
  }
}
