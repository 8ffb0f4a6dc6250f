import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { textProblem } from '../../../kafka/text.ts'

/**
 * Why this is not a valid group id; null if it is. The empty id is valid: simple consumers commit to it, and brokers
 * describe, read, commit to and delete that group. Only OffsetDelete and LeaveGroup refuse it.
 */
export const groupIdProblem = (groupId: string): KafkaError | null => {
  const problem = textProblem('a group id', groupId)
  return problem === null ? null : new KafkaError('INVALID_GROUP_ID', problem)
}
