import { deferred } from '../../../async/deferred.ts'
import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import type { TopicLeaders } from '../../transport/leader-table.ts'
import { messageFault, partitionFault, sizeFault } from '../messages/message-fault.ts'
import type { PendingMessage } from '../messages/pending-message.ts'
import type { PartitionTarget, ProduceContext } from '../senders/produce-context.ts'
import { PartitionChooser } from '../topics/choose-partition.ts'
import { findTopic } from '../topics/find-topic.ts'
import { TopicSizeLimit } from '../topics/topic-size-limit.ts'
import { PartitionQueue } from './partition-queue.ts'

/** Topic data older than this is refreshed before a message is refused because of it, in ms. */
const MAX_AGE_MS = 1000

/** Hands a valid message to its chosen partition. */
export type PutMessage = (message: PendingMessage, target: PartitionTarget) => void

/** One call's messages that wait for their partitions. */
interface Arrival {
  readonly messages: readonly PendingMessage[]
  readonly put: PutMessage
  readonly placed: () => void
}

/**
 * Routes one topic's messages to the partition queues, in call order. Unknown leaders are looked up first; calls that
 * arrive meanwhile wait, so that none overtakes another.
 */
export class TopicLane implements Disposable {
  readonly #context: ProduceContext
  readonly #topic: TopicName
  readonly #chooser: PartitionChooser
  readonly #sizeLimit: TopicSizeLimit
  readonly #queues = new Map<number, PartitionQueue>()
  #watch: Disposable | null = null
  #topicId = ''
  #arrivals: Arrival[] = []
  #isRunning = false
  #usedAt = 0

  constructor(context: ProduceContext, topic: TopicName) {
    this.#context = context
    this.#topic = topic
    this.#chooser = new PartitionChooser(context.limits.maxBatchMessages)
    this.#sizeLimit = new TopicSizeLimit(context, topic)
  }

  /** True if nothing is kept for this topic any more. */
  get isEmpty(): boolean {
    return !this.#isRunning && this.#queues.size === 0 && this.#watch === null
  }

  /**
   * Chooses partitions for one call's messages and queues them. Resolves once each is placed or answered; null if that
   * is already so.
   */
  add(messages: readonly PendingMessage[], put: PutMessage = this.#queue): Promise<void> | null {
    const isFirst = !this.#isRunning && this.#arrivals.length === 0
    if (!isFirst || !this.#isKnownWellEnough([messages])) return this.#addLater(messages, put)
    this.#place(messages, put, null)
    this.#usedAt = performance.now()
    return null
  }

  #addLater(messages: readonly PendingMessage[], put: PutMessage): Promise<void> {
    const { promise, resolve } = deferred<void>()
    this.#arrivals.push({ messages, put, placed: resolve })
    // The running loop also places these.
    return this.#isRunning ? promise : this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    try {
      while (this.#arrivals.length > 0) {
        const isKnown = this.#isKnownWellEnough(this.#arrivals.map(arrival => arrival.messages))
        const problem = isKnown ? null : await this.#lookUp()
        for (const { messages, put, placed } of this.#arrivals.splice(0)) {
          this.#place(messages, put, problem)
          placed()
        }
      }
    } finally {
      this.#isRunning = false
      this.#usedAt = performance.now()
    }
  }

  /** Wakes the queues after a leader change. */
  leadersChanged(): void {
    for (const queue of this.#queues.values()) queue.leaderChanged()
  }

  /**
   * Forgets queues idle since before `time` (performance.now()), and stops watching the topic if it was unused since
   * then.
   */
  forgetIdle(time: number): void {
    for (const [partition, { idleSince }] of this.#queues) {
      if (idleSince !== null && idleSince < time) this.#queues.delete(partition)
    }
    if (this.#queues.size === 0 && this.#usedAt < time && !this.#isRunning) this.#stopWatching()
  }

  /** Stops watching the topic. Messages in flight finish on their own. */
  [Symbol.dispose](): void {
    this.#stopWatching()
    this.#queues.clear()
  }

  #stopWatching(): void {
    this.#watch?.[Symbol.dispose]()
    this.#watch = null
  }

  #known(): TopicLeaders | undefined {
    return this.#context.cluster.leaders.topic(this.#topic)
  }

  #isKnownWellEnough(calls: readonly (readonly PendingMessage[])[]): boolean {
    const known = this.#known()
    const limit = this.#sizeLimit.value
    if (this.#watch === null || known?.errorCode !== 0 || known.topicId !== this.#topicId || limit === null)
      return false
    const bounds = { partitionCount: known.leaders.length, maxBatchBytes: limit }
    const now = performance.now()
    const [areLeadersOld, isLimitOld] = [now - known.at > MAX_AGE_MS, now - this.#sizeLimit.at > MAX_AGE_MS]
    if (!areLeadersOld && !isLimitOld) return true
    return !calls
      .flat()
      .some(one => (areLeadersOld && partitionFault(one, bounds)) || (isLimitOld && sizeFault(one, bounds)))
  }

  async #lookUp(): Promise<KafkaError | null> {
    const { cluster, limits } = this.#context
    const isWanted = () => this.#arrivals.some(({ messages }) => messages.some(message => !message.isAnswered))
    const search = { topic: this.#topic, unknownTopicMs: limits.unknownTopicMs, isWanted }
    const problem = await findTopic(cluster, search)
    if (problem !== null) return problem
    const topicId = this.#known()?.topicId ?? ''
    if (topicId !== this.#topicId) {
      // The queues of the deleted topic answer their remaining messages themselves.
      this.#queues.clear()
      this.#sizeLimit.forget()
      this.#topicId = topicId
    }
    this.#watch ??= cluster.leaders.watch(this.#topic)
    await this.#sizeLimit.ask()
    return null
  }

  #place(messages: readonly PendingMessage[], put: PutMessage, problem: KafkaError | null): void {
    const known = this.#known()
    const choose = this.#chooser.forCall(
      known?.leaders.length ?? 0,
      partition => known?.leaders[partition]?.nodeId != null,
    )
    const bounds = { partitionCount: known?.leaders.length ?? 0, maxBatchBytes: this.#maxBatchBytes() }
    for (const pending of messages) {
      if (pending.isAnswered) continue
      const fault = problem ?? messageFault(pending, bounds)
      if (fault !== null) pending.answer(fault)
      else put(pending, this.#targetOf(choose(pending.message)))
    }
  }

  #maxBatchBytes(): number {
    return this.#sizeLimit.value ?? this.#context.limits.maxRequestBytes
  }

  #targetOf(partition: number): PartitionTarget {
    const existing = this.#queues.get(partition)
    if (existing !== undefined) return existing.target
    return { topic: this.#topic, topicId: this.#topicId, partition, maxBatchBytes: () => this.#maxBatchBytes() }
  }

  readonly #queue: PutMessage = (message, target) => {
    let queue = this.#queues.get(target.partition)
    if (queue === undefined) {
      queue = new PartitionQueue(this.#context, target)
      this.#queues.set(target.partition, queue)
    }
    queue.add(message)
  }
}
