import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Acks, CompressionType, OutgoingMessage, ProducedMessage } from '../../../kafka/message.ts'
import type { BatchMessage } from '../../records/parts/batch-message.ts'

/** Refusals that explain more about an unwritten message than its time-out does. */
const EXPLAINS_TIMEOUT: ReadonlySet<string> = new Set(['NOT_ENOUGH_REPLICAS', 'THROTTLING_QUOTA_EXCEEDED'])

/** Holds messages, and can drop those that have been answered. */
export interface MessageHolder {
  /** Why the messages cannot be sent, as far as known. */
  readonly trouble: KafkaError | null
  dropAnswered(): void
}

/** How a message is to be written. */
export interface WriteMode {
  readonly acks: Acks
  readonly compressionType: CompressionType
}

/** One message in progress. It is answered exactly once. */
export class PendingMessage {
  readonly message: OutgoingMessage
  /** The record to store. Without its own timestamp it gets that of the call. */
  readonly record: BatchMessage
  readonly mode: WriteMode
  /** True from the tick of its write until a broker reports that it refused it before appending. */
  mayBeWritten = false
  /** Kafka's last refusal. */
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

  /** Only the first answer counts. */
  answer(outcome: Outcome<ProducedMessage>): void {
    if (this.#isAnswered) return
    this.#isAnswered = true
    this.#onAnswer(outcome)
  }

  /**
   * Answers with what is known: `ifUnsent` if Kafka never received the message, otherwise OUTCOME_UNKNOWN or Kafka's
   * refusal.
   */
  giveUp(ifUnsent: KafkaError): void {
    if (!this.#isAnswered) this.answer(this.#failureOf(ifUnsent))
  }

  #failureOf(ifUnsent: KafkaError): KafkaError {
    const code = this.lastRefusal?.code
    if (this.mayBeWritten) {
      // Kafka's own code is more precise: written on the leader, but on too few replicas.
      if (this.lastRefusal !== null && code === 'NOT_ENOUGH_REPLICAS_AFTER_APPEND') return this.lastRefusal
      return new KafkaError('OUTCOME_UNKNOWN', null, { cause: this.lastRefusal ?? ifUnsent })
    }
    if (this.lastRefusal !== null && EXPLAINS_TIMEOUT.has(code ?? '')) return this.lastRefusal
    const trouble = this.holder?.trouble ?? null
    if (trouble === null || ifUnsent.code !== 'REQUEST_TIMED_OUT') return ifUnsent
    return new KafkaError(ifUnsent.code, `${ifUnsent.message}: ${trouble.message}`, { cause: trouble })
  }
}
