import type { Outcome } from '../errors/kafka-error.ts'
import type { Acks, CompressionType, OutgoingMessage, ProducedMessage } from '../message.ts'
import type { Call } from './call.ts'

/** How messages are written. */
export interface ProduceOptions {
  readonly acks: Acks
  readonly compressionType: CompressionType
  /** READ_COMMITTED readers see all messages at once, or none. Needs acks ALL. */
  readonly transactional: boolean
  /** Every message gets its outcome within this many milliseconds. */
  readonly timeoutMs: number
}

/** Writes messages. */
export interface MessageSink {
  /**
   * One outcome per message, in order, within the timeout, whatever happens to Kafka: where it was stored, why it was
   * refused, or OUTCOME_UNKNOWN if it was sent and the response was lost. Never creates a topic. If one message of a
   * transaction is refused, the others fail with TRANSACTION_ABORTED.
   */
  produce(
    call: Call,
    messages: readonly OutgoingMessage[],
    options: ProduceOptions,
  ): Promise<readonly Outcome<ProducedMessage>[]>
}
