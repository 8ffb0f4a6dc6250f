import type { PartitionDescription, TopicDescription } from '../../../kafka/cluster.ts'
import { KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import type { MetadataPartition, MetadataTopic } from '../../requests/cluster/metadata.ts'
import { noSuchTopic } from '../../transport/no-such-topic.ts'

/** Converts Kafka's -1 for "unknown" to null. */
const known = (number: number): number | null => (number < 0 ? null : number)

// A partition's own error (LEADER_NOT_AVAILABLE, LISTENER_NOT_FOUND, …) shows as a null leader.
const partitionOf = (partition: MetadataPartition): PartitionDescription => ({
  partition: partition.partition,
  leader: known(partition.leader),
  leaderEpoch: known(partition.leaderEpoch),
  replicas: partition.replicas,
  isr: partition.isr,
  offlineReplicas: partition.offlineReplicas,
  eligibleLeaderReplicas: partition.eligibleLeaderReplicas,
  lastKnownEligibleLeaderReplicas: partition.lastKnownEligibleLeaderReplicas,
})

const errorOf = ({ name, errorCode }: MetadataTopic): KafkaError => {
  const { code, message } = kafkaErrorOf(errorCode)
  return code === 'UNKNOWN_TOPIC_OR_PARTITION' ? noSuchTopic(name) : new KafkaError(code, `topic ${name}: ${message}`)
}

/** Converts Kafka's topic description, or returns the topic's own error. */
export const topicDescriptionOf = (topic: MetadataTopic): Outcome<TopicDescription> =>
  topic.errorCode !== 0 && topic.partitions.length === 0
    ? errorOf(topic)
    : {
        name: toTopicName(topic.name),
        topicId: topic.topicId,
        isInternal: topic.isInternal,
        partitions: topic.partitions.map(partitionOf),
      }
