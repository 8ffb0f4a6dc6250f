import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { encodedSize } from '../../records/encode/record-size.ts'
import type { PendingMessage } from './pending-message.ts'

/** The limits of a topic. */
export interface TopicBounds {
  readonly partitionCount: number
  /** Maximum size of a record batch in bytes. */
  readonly maxBatchBytes: number
}

/** A record stores its time as a difference to the batch's first time. The encoding is exact up to this value. */
const MAX_TIMESTAMP = 2 ** 52

const timestampFault = (timestamp: number | null): KafkaError | null => {
  if (timestamp === null || (Number.isInteger(timestamp) && timestamp >= 0 && timestamp <= MAX_TIMESTAMP)) return null
  const text = `${timestamp} is not a time: a timestamp is a whole number of milliseconds since 1970`
  return new KafkaError('INVALID_TIMESTAMP', text)
}

/** The error for a partition that does not exist; null if it exists. */
export const partitionFault = ({ message }: PendingMessage, { partitionCount }: TopicBounds): KafkaError | null => {
  const { topic, partition } = message
  if (partition === null) return null
  if (Number.isInteger(partition) && partition >= 0 && partition < partitionCount) return null
  const count = partitionCount === 1 ? '1 partition' : `${partitionCount} partitions`
  const text = `topic ${topic} has ${count}, counted from 0: there is no partition ${partition}`
  return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', text)
}

/** The error for a message that is too large even in a batch of its own. */
export const tooLarge = (bytes: number, maxBatchBytes: number): KafkaError => {
  const text = `the message needs a record batch of ${bytes} bytes, but the topic accepts at most ${maxBatchBytes} (max.message.bytes)`
  return new KafkaError('MESSAGE_TOO_LARGE', text)
}

/**
 * The error for a message that is too large for its topic; null if it may fit. Compressed sizes are known only later.
 */
export const sizeFault = ({ record, mode }: PendingMessage, { maxBatchBytes }: TopicBounds): KafkaError | null => {
  if (mode.compressionType !== 'NONE') return null
  const bytes = encodedSize(record)
  return bytes <= maxBatchBytes ? null : tooLarge(bytes, maxBatchBytes)
}

/** Why Kafka would refuse the message, checked before it is sent; null if no reason is found. */
export const messageFault = (pending: PendingMessage, bounds: TopicBounds): KafkaError | null =>
  timestampFault(pending.message.timestamp) ?? partitionFault(pending, bounds) ?? sizeFault(pending, bounds)
