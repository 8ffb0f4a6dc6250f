import { kafkaErrorAbout } from '../../kafka/error-about.ts'
import { asKafkaError, KafkaError } from '../../kafka/kafka-error.ts'
import { backoffMs, pause } from '../connection/wait.ts'
import { noSuchTopic } from '../no-such-topic.ts'
import type { ProduceCluster } from './produce-cluster.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** How a topic is looked for. */
export interface TopicSearch {
  readonly topic: string
  /** When a broker does not know it: after how many ms to ask once more. */
  readonly unknownTopicMs: number
  /** False once nobody waits for it any more. */
  readonly isWanted: () => boolean
}

/**
 * Asks for a topic's leaders until they are known; null then. The error when there is no such topic, when Kafka refuses it
 * for good, or when nobody wants it any more.
 */
export const findTopic = async (
  cluster: ProduceCluster,
  { topic, unknownTopicMs, isWanted }: TopicSearch,
): Promise<KafkaError | null> => {
  let hasBeenMissing = false
  for (let failures = 1; ; failures++) {
    const error = await askOnce(cluster, topic)
    if (error === null) return null
    if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION') {
      if (hasBeenMissing) return error
      hasBeenMissing = true
      await pause(unknownTopicMs)
    } else if (error.retriable) await pause(backoffMs(failures))
    else return error
    if (!isWanted()) return error
  }
}

const askOnce = async (cluster: ProduceCluster, topic: string): Promise<KafkaError | null> => {
  try {
    await cluster.refresh([topic])
  } catch (thrown) {
    return asKafkaError(thrown, 'KAFKA_UNAVAILABLE')
  }
  const known = cluster.leaders.topic(topic)
  if (known === undefined) return new KafkaError('KAFKA_UNAVAILABLE')
  if (known.errorCode === UNKNOWN_TOPIC_OR_PARTITION) {
    return noSuchTopic(topic)
  }
  // Partitions are listed although one of them has no leader just now.
  return known.errorCode === 0 || known.leaders.length > 0 ? null : kafkaErrorAbout({ topic }, known.errorCode)
}
