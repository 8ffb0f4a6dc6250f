import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { BATCH_OVERHEAD, recordSize } from '../../records/encode/record-size.ts'
import type { MessageHolder, PendingMessage } from '../messages/pending-message.ts'
import type { PartitionTarget, ProduceContext } from '../senders/produce-context.ts'
import { leaderTrouble } from '../topics/leader-trouble.ts'
import { BatchDelivery } from './batch-delivery.ts'
import { type BatchIdentity, ProducerIdentity } from './producer-identity.ts'
import { ReplicaPatience } from './replica-patience.ts'

/**
 * One partition's messages in call order, written one batch at a time. Messages that arrive while a batch is in flight
 * go into the next one. A second batch in flight could overtake the first after a failure.
 */
export class PartitionQueue implements MessageHolder {
  readonly target: PartitionTarget
  readonly #context: ProduceContext
  readonly #identity: BatchIdentity
  readonly #patience: ReplicaPatience
  #waiting: PendingMessage[] = []
  /** Parts of a refused batch. They go before all waiting messages. */
  #parts: (readonly PendingMessage[])[] = []
  #delivery: BatchDelivery | null = null
  #isRunning = false
  #idleSince = performance.now()

  constructor(
    context: ProduceContext,
    target: PartitionTarget,
    identity: BatchIdentity = new ProducerIdentity(context.cluster),
  ) {
    this.#context = context
    this.target = target
    this.#identity = identity
    this.#patience = new ReplicaPatience(context.limits.notEnoughReplicasMs)
  }

  /** When the queue became idle (performance.now()); null while it is busy. */
  get idleSince(): number | null {
    return this.#isRunning ? null : this.#idleSince
  }

  get trouble(): KafkaError | null {
    return leaderTrouble(this.#context.cluster, this.target)
  }

  /** Writes the message after all earlier ones. */
  add(message: PendingMessage): void {
    message.holder = this
    this.#waiting.push(message)
    if (this.#isRunning) return
    this.#isRunning = true
    // Other callers in this tick join the first batch.
    setImmediate(() => void this.#run())
  }

  dropAnswered(): void {
    this.#waiting = this.#waiting.filter(message => !message.isAnswered)
    this.#delivery?.dropAnswered()
  }

  /** Call when the topic's leaders change. */
  leaderChanged(): void {
    this.#delivery?.leaderChanged()
  }

  async #run(): Promise<void> {
    for (let batch = this.#next(); batch !== null; batch = this.#next()) await this.#deliver(batch)
    this.#delivery = null
    this.#isRunning = false
    this.#patience.reset()
    this.#idleSince = performance.now()
  }

  async #deliver(batch: readonly [PendingMessage, ...PendingMessage[]]): Promise<void> {
    const writer = { target: this.target, identity: this.#identity, patience: this.#patience }
    this.#delivery = new BatchDelivery(this.#context, writer, batch[0].mode, batch)
    try {
      this.#parts.unshift(...(await this.#delivery.run()))
    } catch (thrown) {
      const { topic, partition } = this.target
      this.#context.logger.error({ topic, partition, error: thrown }, 'a batch could not be delivered')
      this.#identity.retire()
      for (const message of batch) message.giveUp(new KafkaError('UNKNOWN_SERVER_ERROR', null, { cause: thrown }))
    }
  }

  /** The next batch: consecutive messages with the same write mode, up to the size of a batch. */
  #next(): readonly [PendingMessage, ...PendingMessage[]] | null {
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) {
      const [first, ...rest] = part.filter(message => !message.isAnswered)
      if (first !== undefined) return [first, ...rest]
    }
    const [first, ...rest] = this.#waiting.splice(0, this.#lengthOfNext())
    return first === undefined ? null : [first, ...rest]
  }

  #lengthOfNext(): number {
    const { maxBatchMessages, maxBatchBytes } = this.#context.limits
    const limit = Math.min(maxBatchBytes, this.target.maxBatchBytes())
    const [first] = this.#waiting
    if (first === undefined) return 0
    let bytes = BATCH_OVERHEAD
    let count = 0
    for (const { record, mode } of this.#waiting) {
      bytes += recordSize(record, count, record.timestamp - first.record.timestamp)
      const fits = count < maxBatchMessages && bytes <= limit
      const isAlike = mode.acks === first.mode.acks && mode.compressionType === first.mode.compressionType
      if (count > 0 && !(fits && isAlike)) break
      count++
    }
    return count
  }
}
