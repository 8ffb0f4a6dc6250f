import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { SendResult } from '../senders/broker-sender.ts'

/**
 * What Kafka may have of a batch while it is delivered.
 * - `unwritten`: no broker has it. Only then are answered messages left out, and the others answered by an error alone.
 * - `on-the-wire`: an attempt is on its way.
 * - `doubtful`: an attempt may have been written. The batch keeps its messages and its sequence through every retry.
 * - `ending`: all messages are answered while the batch is doubtful. It waits until the connection answers or the leader moves.
 * - `written`: Kafka has acknowledged it.
 */
export type DeliveryState = 'unwritten' | 'on-the-wire' | 'doubtful' | 'ending' | 'written'

/** False only where a message that is given up certainly is not in Kafka's log. */
export const mayBeWritten = (state: DeliveryState): boolean => state !== 'unwritten'

/** Why an attempt is lost that was on its way to a former leader. */
export const MOVED = new KafkaError('NOT_LEADER_OR_FOLLOWER', 'the leader moved before it answered')

/** What an attempt that is interrupted in `state` comes to. */
export const interrupted = (state: DeliveryState): SendResult =>
  state === 'on-the-wire' ? { kind: 'lost', error: MOVED } : { kind: 'unsent', error: null }
