import { KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import type { Acks, CompressionType, OutgoingMessage, ProducedMessage } from '../../kafka/message.ts'
import type { BatchMessage } from '../record-batch/batch-message.ts'

/** Refusals that tell the writer of a message that was never written more than that its time is over. */
const SAYS_WHY: ReadonlySet<string> = new Set(['NOT_ENOUGH_REPLICAS', 'THROTTLING_QUOTA_EXCEEDED'])

/** Whoever keeps messages and lets go of those that have been answered. */
export interface MessageHolder {
  /** What keeps them from being sent, as far as it is known. */
  readonly trouble: KafkaError | null
  dropAnswered(): void
}

/** How a message's call wants it written. */
export interface WriteMode {
  readonly acks: Acks
  readonly compressionType: CompressionType
}

/** One message on its way, answered exactly once. */
export class PendingMessage {
  readonly message: OutgoingMessage
  /** As it is stored; without a timestamp of its own it bears the call's. */
  readonly record: BatchMessage
  readonly mode: WriteMode
  /** True from the tick of its writing on, until a broker says that it refused it before appending. */
  mayBeWritten = false
  /** What Kafka last said against it. */
  lastRefusal: KafkaError | null = null
  holder: MessageHolder | null = null
  readonly #onAnswer: (outcome: Outcome<ProducedMessage>) => void
  #isAnswered = false

  constructor(
    message: OutgoingMessage,
    now: number,
    mode: WriteMode,
    onAnswer: (outcome: Outcome<ProducedMessage>) => void,
  ) {
    this.message = message
    const { key, value, headers, timestamp } = message
    this.record = { key, value, headers, timestamp: timestamp ?? now }
    this.mode = mode
    this.#onAnswer = onAnswer
  }

  get isAnswered(): boolean {
    return this.#isAnswered
  }

  /** The first answer counts. */
  answer(outcome: Outcome<ProducedMessage>): void {
    if (this.#isAnswered) return
    this.#isAnswered = true
    this.#onAnswer(outcome)
  }

  /** Answers with the truth as far as it is known; `ifUnsent` when Kafka was never given the message. */
  giveUp(ifUnsent: KafkaError): void {
    if (!this.#isAnswered) this.answer(this.#truth(ifUnsent))
  }

  #truth(ifUnsent: KafkaError): KafkaError {
    const code = this.lastRefusal?.code
    if (this.mayBeWritten) {
      // Kafka's own name says it better: written on the leader, not on enough others.
      if (this.lastRefusal !== null && code === 'NOT_ENOUGH_REPLICAS_AFTER_APPEND') return this.lastRefusal
      return new KafkaError('OUTCOME_UNKNOWN', null, { cause: this.lastRefusal ?? ifUnsent })
    }
    if (this.lastRefusal !== null && SAYS_WHY.has(code ?? '')) return this.lastRefusal
    const trouble = this.holder?.trouble ?? null
    if (trouble === null || ifUnsent.code !== 'REQUEST_TIMED_OUT') return ifUnsent
    return new KafkaError(ifUnsent.code, `${ifUnsent.message}: ${trouble.message}`, { cause: trouble })
  }
}
