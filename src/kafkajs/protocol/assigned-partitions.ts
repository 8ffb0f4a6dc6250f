import { toTopicName } from '../../kafka/topic-name.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** Partitions of one topic, as answers tell them. */
export interface AssignedTopic {
  readonly topic: string
  readonly partitions: readonly number[]
}

/** In order of topic, then of partition. Sorted here, member by member, so that a large group holds nobody up. */
export const assignedPartitions = (topics: readonly AssignedTopic[]): readonly TopicPartition[] =>
  [...topics]
    .sort((one, other) => (one.topic < other.topic ? -1 : 1))
    .flatMap(({ topic, partitions }) => {
      const name = toTopicName(topic)
      return [...partitions].sort((one, other) => one - other).map(partition => ({ topic: name, partition }))
    })
