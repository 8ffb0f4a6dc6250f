import { KafkaError } from '../../kafka/kafka-error.ts'
import { encodedSize } from '../record-batch/record-size.ts'
import type { PendingMessage } from './pending-message.ts'

/** What a topic takes. */
export interface TopicBounds {
  readonly partitionCount: number
  /** Largest record batch, bytes. */
  readonly maxBatchBytes: number
}

/** A record holds the distance of its time from its batch's first, which its encoding counts up to here. */
const MAX_TIMESTAMP = 2 ** 52

const timestampFault = (timestamp: number | null): KafkaError | null => {
  if (timestamp === null || (Number.isInteger(timestamp) && timestamp >= 0 && timestamp <= MAX_TIMESTAMP)) return null
  const text = `${timestamp} is not a time: a timestamp is a whole number of milliseconds since 1970`
  return new KafkaError('INVALID_TIMESTAMP', text)
}

/** The error for a partition that a topic does not have; null when it has it. */
export const partitionFault = ({ message }: PendingMessage, { partitionCount }: TopicBounds): KafkaError | null => {
  const { topic, partition } = message
  if (partition === null) return null
  if (Number.isInteger(partition) && partition >= 0 && partition < partitionCount) return null
  const count = partitionCount === 1 ? '1 partition' : `${partitionCount} partitions`
  const text = `topic ${topic} has ${count}, counted from 0: there is no partition ${partition}`
  return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', text)
}

/** The error for a message whose batch of its own has so many bytes. */
export const tooLarge = (bytes: number, maxBatchBytes: number): KafkaError => {
  const text = `the message makes a record batch of ${bytes} bytes, the topic takes ${maxBatchBytes} (max.message.bytes)`
  return new KafkaError('MESSAGE_TOO_LARGE', text)
}

/** The error for a message that its topic takes in no batch; null when it may. What compression makes of it shows later. */
export const sizeFault = ({ record, mode }: PendingMessage, { maxBatchBytes }: TopicBounds): KafkaError | null => {
  if (mode.compressionType !== 'NONE') return null
  const bytes = encodedSize(record)
  return bytes <= maxBatchBytes ? null : tooLarge(bytes, maxBatchBytes)
}

/** Why Kafka would refuse the message, found before it is sent; null when nothing speaks against it. */
export const messageFault = (pending: PendingMessage, bounds: TopicBounds): KafkaError | null =>
  timestampFault(pending.message.timestamp) ?? partitionFault(pending, bounds) ?? sizeFault(pending, bounds)
