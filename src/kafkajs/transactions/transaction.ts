import { allOrNothing } from '../../kafka/all-or-nothing.ts'
import { kafkaErrorAbout } from '../../kafka/error-about.ts'
import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import type { ProducedMessage } from '../../kafka/message.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import type { RetryBounds } from '../connection/retry.ts'
import { backoffMs, orAborted, pause } from '../connection/wait.ts'
import { PartitionQueue } from '../produce/partition-queue.ts'
import type { MessageHolder, PendingMessage } from '../produce/pending-message.ts'
import type { PartitionTarget, ProduceContext } from '../produce/produce-context.ts'
import { isGone } from '../produce/topic-gone.ts'
import type { PutMessage } from '../produce/topic-lane.ts'
import type { TransactionalProducer } from '../protocol/end-txn.ts'
import type { CoordinatorPool } from './coordinator-pool.ts'
import { StagedMessages } from './staged-messages.ts'
import { FENCED, type TransactionCoordinator } from './transaction-coordinator.ts'
import { TransactionIdentity } from './transaction-identity.ts'

/** What every transaction of one sink works with. */
export interface TransactionContext {
  readonly produce: ProduceContext
  readonly coordinators: CoordinatorPool
  /** Chooses the messages' partitions and refuses those that Kafka would refuse; resolves when each is put or answered. */
  readonly place: (messages: readonly PendingMessage[], put: PutMessage) => Promise<void>
  /** Aborts when the sink is closed. */
  readonly closing: AbortSignal
}

/** One partition's share of the messages. */
interface Share {
  readonly target: PartitionTarget
  readonly messages: PendingMessage[]
}

const MAX_BEGINS = 5
/** Errors with which a coordinator refuses a commit for good, having done nothing. */
const NOT_COMMITTED: ReadonlySet<string> = new Set([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
  'PRODUCER_FENCED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'UNSUPPORTED_VERSION',
])

/** Kafka answers OPERATION_NOT_ATTEMPTED for the neighbours of a refused partition: their own refusal is our TRANSACTION_ABORTED. */
const refuseShares = (errors: readonly { readonly share: Share | undefined; readonly error: KafkaError }[]): void => {
  for (const { share, error } of errors) {
    if (error.code === 'OPERATION_NOT_ATTEMPTED') continue
    for (const message of share?.messages ?? []) message.answer(error)
  }
}

/**
 * One call's messages as one Kafka transaction. Nothing is begun before all messages are checked; until the commit leaves,
 * whoever gives up knows that nothing of it will be visible; after that only the coordinator knows.
 */
export class Transaction implements MessageHolder {
  readonly #context: TransactionContext
  readonly #messages: readonly PendingMessage[]
  readonly #staged: StagedMessages
  readonly #shares = new Map<string, Share>()
  /** Its queues know more. */
  readonly trouble = null
  readonly #timeoutMs: number
  readonly #givenUp = new AbortController()
  #queues: readonly PartitionQueue[] = []
  #isOpen = false

  /** `timeoutMs` is that of the call, which answers `messages` by itself when it has passed. */
  constructor(context: TransactionContext, messages: readonly PendingMessage[], timeoutMs: number) {
    this.#context = context
    this.#messages = messages
    this.#staged = new StagedMessages(messages)
    // Kafka may not abort it while somebody still waits for its commit.
    this.#timeoutMs = timeoutMs + context.produce.limits.idleMs
    for (const message of messages) message.holder = this
  }

  /** Resolves when nothing of it is left: every message is answered, and what was begun is committed or aborted. */
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

  /** Something about a topic's leaders changed. */
  leadersChanged(topic: string): void {
    for (const queue of this.#queues) if (queue.target.topic === topic) queue.leaderChanged()
  }

  get #bounds(): RetryBounds {
    return { deadlineMs: this.#timeoutMs, signal: this.#givenUp.signal }
  }

  /** Finds every message's partition; false, with all answered, when one of them is refused. */
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

  /** A repeated InitProducerId may arrive late and end what its answered one began: nothing is written yet, so once more. */
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
      // The coordinator may not have heard of a topic just created.
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
   * A newer epoch aborts what is open, or waits for the end of what is committed. EndTxn would do for the first, but a batch
   * that still travels could then land in this id's next transaction.
   */
  async #abort(coordinator: TransactionCoordinator): Promise<void> {
    const { closing, produce } = this.#context
    try {
      await coordinator.begin(this.#timeoutMs, { deadlineMs: this.#timeoutMs, signal: closing })
    } catch (thrown) {
      // After the same time Kafka aborts it by itself, and so does the next transaction of this id.
      produce.logger.warn({ error: thrown }, 'a transaction was left to its time-out')
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
