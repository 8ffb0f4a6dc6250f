import type { Outcome } from '../errors/kafka-error.ts'
import type { Acks, CompressionType, OutgoingMessage, ProducedMessage } from '../message.ts'
import type { Call } from './call.ts'

/** How messages are written. */
export interface ProduceOptions {
  readonly acks: Acks
  readonly compressionType: CompressionType
  /** All messages become visible to READ_COMMITTED readers at once, or none ever does. Needs acks ALL. */
  readonly transactional: boolean
  /** Milliseconds within which every message is answered. */
  readonly timeoutMs: number
}

/** Writes messages. */
export interface MessageSink {
  /**
   * One outcome for each message, in order, within the timeout, whatever happens to Kafka: where it was written,
   * why it was refused, or OUTCOME_UNKNOWN when it was sent and nothing came back. Creates no topic.
   * In a transaction one refused message refuses its neighbours too: TRANSACTION_ABORTED.
   */
  produce(
    call: Call,
    messages: readonly OutgoingMessage[],
    options: ProduceOptions,
  ): Promise<readonly Outcome<ProducedMessage>[]>
}
