import { KafkaError } from '../kafka/kafka-error.ts'

/** The error for a topic that is not there, or not to be seen. Kafka's own sentence names none. */
export const noSuchTopic = (name: string): KafkaError =>
  new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`)
