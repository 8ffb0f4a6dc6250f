import { KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { groupedBy } from '../../kafka/grouped-by.ts'
import type { Logger } from '../../kafka/logger.ts'
import type { OutgoingMessage, ProducedMessage } from '../../kafka/message.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { MessageSink, ProduceOptions } from '../../kafka/ports/message-sink.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { leftMs } from '../transport/call-bounds.ts'
import { orAborted } from '../transport/wait.ts'
import { MemoryBudget } from './messages/memory-budget.ts'
import type { PendingMessage } from './messages/pending-message.ts'
import { ProduceCall } from './messages/produce-call.ts'
import { type PutMessage, TopicLane } from './queues/topic-lane.ts'
import { BrokerSenders } from './senders/broker-senders.ts'
import type { ProduceCluster } from './senders/produce-cluster.ts'
import type { MaxMessageBytes, ProduceContext } from './senders/produce-context.ts'
import type { SinkLimits } from './senders/sink-limits.ts'
import { Transactions } from './transactions/transactions.ts'

/** Dependencies of a message sink. */
export interface MessageSinkOptions {
  readonly cluster: ProduceCluster
  readonly limits: SinkLimits
  readonly logger: Logger
  readonly maxMessageBytes: MaxMessageBytes
}

/** The MessageSink port over Kafka, with values for metrics and tests. */
export interface KafkaMessageSink extends MessageSink, AsyncDisposable {
  /** Bytes of unanswered messages. */
  readonly queuedBytes: number
  /** Topics in use now or recently. */
  readonly topicCount: number
}

class Sink implements KafkaMessageSink {
  readonly #context: ProduceContext
  readonly #budget: MemoryBudget
  readonly #lanes = new Map<string, TopicLane>()
  readonly #calls = new Set<ProduceCall>()
  readonly #transactions: Transactions
  readonly #changes: Disposable
  #sweep: NodeJS.Timeout | null = null
  #isClosed = false

  constructor({ cluster, limits, logger, maxMessageBytes }: MessageSinkOptions) {
    this.#context = { cluster, limits, logger, maxMessageBytes, senders: new BrokerSenders(cluster, limits) }
    this.#budget = new MemoryBudget(limits.maxQueuedBytes)
    this.#transactions = new Transactions(this.#context, (messages, put) => this.#place(messages, put))
    this.#changes = cluster.leaders.onChange(topic => {
      this.#lanes.get(topic)?.leadersChanged()
      this.#transactions.leadersChanged(topic)
    })
  }

  get queuedBytes(): number {
    return this.#budget.used
  }

  get topicCount(): number {
    return this.#lanes.size
  }

  async produce(
    call: Call,
    messages: readonly OutgoingMessage[],
    options: ProduceOptions,
  ): Promise<readonly Outcome<ProducedMessage>[]> {
    if (this.#isClosed) return messages.map(() => new KafkaError('CLOSED'))
    const produced = new ProduceCall(call, messages, options, this.#budget, done => this.#calls.delete(done))
    if (!produced.isDone) this.#calls.add(produced)
    if (options.transactional)
      this.#startTransaction(produced, messages.length, options, leftMs(call, options.timeoutMs))
    else this.#placeAll(produced.accepted)
    return produced.outcomes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    const grace = AbortSignal.timeout(this.#context.limits.closeGraceMs)
    const inFlight = Promise.all([...[...this.#calls].map(call => call.outcomes), this.#transactions.settled()])
    await orAborted(inFlight, grace).catch(() => {})
    for (const call of this.#calls) call.giveUp(new KafkaError('CLOSED'))
    await this.#transactions[Symbol.asyncDispose]()
    this.#changes[Symbol.dispose]()
    for (const lane of this.#lanes.values()) lane[Symbol.dispose]()
    this.#lanes.clear()
    if (this.#sweep !== null) clearInterval(this.#sweep)
  }

  #startTransaction(call: ProduceCall, count: number, { acks }: ProduceOptions, timeoutMs: number): void {
    if (call.accepted.length < count) call.giveUp(new KafkaError('BUSY'))
    else if (acks !== 'ALL') call.giveUp(new KafkaError('INVALID_REQUIRED_ACKS', 'a transaction needs acks ALL'))
    else if (call.accepted.some(message => !message.isAnswered)) this.#transactions.start(call.accepted, timeoutMs)
  }

  #placeAll(messages: readonly PendingMessage[]): void {
    for (const [topic, group] of byTopic(messages)) void this.#route(topic, group)
  }

  /** Resolves once each message is in a queue or answered. */
  async #place(messages: readonly PendingMessage[], put: PutMessage): Promise<void> {
    await Promise.all([...byTopic(messages)].map(([topic, group]) => this.#route(topic, group, put)))
  }

  /** Null if each message is placed or answered already, which saves a promise for every call to a known topic. */
  #route(topic: TopicName, messages: readonly PendingMessage[], put?: PutMessage): Promise<void> | null {
    let lane = this.#lanes.get(topic)
    if (lane === undefined) {
      lane = new TopicLane(this.#context, topic)
      this.#lanes.set(topic, lane)
    }
    const { forgetMs } = this.#context.limits
    this.#sweep ??= setInterval(() => this.#forgetBefore(performance.now() - forgetMs), Math.ceil(forgetMs / 2)).unref()
    return lane.add(messages, put)?.finally(() => this.#forgetIfEmpty(topic)) ?? null
  }

  #forgetIfEmpty(topic: string): void {
    if (this.#lanes.get(topic)?.isEmpty) this.#lanes.delete(topic)
  }

  #forgetBefore(time: number): void {
    for (const [topic, lane] of [...this.#lanes]) {
      lane.forgetIdle(time)
      this.#forgetIfEmpty(topic)
    }
    if (this.#lanes.size > 0 || this.#sweep === null) return
    clearInterval(this.#sweep)
    this.#sweep = null
  }
}

type ByTopic = Iterable<readonly [TopicName, readonly PendingMessage[]]>

const byTopic = (messages: readonly PendingMessage[]): ByTopic => {
  const [first] = messages
  if (messages.length === 1 && first !== undefined) return [[first.message.topic, messages]]
  return groupedBy(messages, ({ message }) => message.topic)
}

/** Writes messages with our own protocol code. The creator must dispose the sink before the cluster map. */
export const createMessageSink = (options: MessageSinkOptions): KafkaMessageSink => new Sink(options)
