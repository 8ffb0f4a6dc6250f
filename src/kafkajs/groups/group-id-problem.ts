import { KafkaError } from '../../kafka/kafka-error.ts'
import { textProblem } from '../../kafka/text.ts'

/** Why Kafka has no group of this id; null when it may have one. Brokers answer an empty id in a different way to each request. */
export const groupIdProblem = (groupId: string): KafkaError | null => {
  if (groupId === '') return new KafkaError('INVALID_GROUP_ID', 'a group id cannot be empty')
  const problem = textProblem('a group id', groupId)
  return problem === null ? null : new KafkaError('INVALID_GROUP_ID', problem)
}
