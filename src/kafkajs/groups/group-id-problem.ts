import { KafkaError } from '../../kafka/kafka-error.ts'

/** What a length of 16 bits can tell: Kafka's log keeps group ids with one. */
const MAX_BYTES = 32_767

/**
 * Why Kafka has no group of this id; null when it may have one. An empty id is an id: simple consumers commit to it, and
 * brokers describe, read, commit to and delete that group. Only OffsetDelete and LeaveGroup refuse it.
 */
export const groupIdProblem = (groupId: string): KafkaError | null => {
  if (Buffer.byteLength(groupId) > MAX_BYTES) {
    return new KafkaError('INVALID_GROUP_ID', `a group id has at most ${MAX_BYTES} bytes`)
  }
  return null
}
