import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { noSuchTopic } from '../../transport/no-such-topic.ts'
import { backoffMs, pause } from '../../transport/wait.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** A lookup of a topic. */
export interface TopicSearch {
  readonly topic: string
  /** Delay in ms before an unknown topic is looked up once more. */
  readonly unknownTopicMs: number
  /** Returns false once no caller waits any more. */
  readonly isWanted: () => boolean
}

/**
 * Looks up a topic's leaders until they are known, and then returns null. Returns the error if the topic does not
 * exist, if Kafka refuses permanently, or if no caller waits any more.
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
  // The partitions are known even if one of them has no leader at the moment.
  return known.errorCode === 0 || known.leaders.length > 0 ? null : kafkaErrorAbout({ topic }, known.errorCode)
}
