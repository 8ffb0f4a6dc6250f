import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { pause } from '../../transport/wait.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'
import type { PartitionTarget } from '../senders/produce-context.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** True if the last metadata says that the topic is missing or was recreated. */
export const seemsGone = ({ leaders }: ProduceCluster, { topic, topicId }: PartitionTarget): boolean => {
  const known = leaders.topic(topic)
  return known !== undefined && (known.errorCode === UNKNOWN_TOPIC_OR_PARTITION || known.topicId !== topicId)
}

/** Whether the topic was deleted. Checks twice, because one broker may not know a new topic yet. */
export const isGone = async (cluster: ProduceCluster, target: PartitionTarget, againMs: number): Promise<boolean> => {
  const looksGone = async () => {
    await cluster.refresh([target.topic])
    return seemsGone(cluster, target)
  }
  try {
    if (!(await looksGone())) return false
    await pause(againMs)
    return await looksGone()
  } catch {
    // No broker answers, so nothing is known. The batch is retried.
    return false
  }
}

const CODES: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'INCONSISTENT_TOPIC_ID'])

/** True for a broker's refusal after which it is worth asking whether the topic is gone. */
export const mayMeanGone = ({ code }: KafkaError): boolean => CODES.has(code)
