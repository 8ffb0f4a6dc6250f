import { KafkaError } from '../../kafka/errors/kafka-error.ts'

/** The error for a topic that does not exist or is not visible. Kafka's own sentence does not name it. */
export const noSuchTopic = (name: string): KafkaError =>
  new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`)
