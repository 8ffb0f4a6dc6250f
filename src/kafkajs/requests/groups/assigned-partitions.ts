import { toTopicName } from '../../../kafka/topic-name.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'

/** Partitions of one topic in a response. */
export interface AssignedTopic {
  readonly topic: string
  readonly partitions: readonly number[]
}

/** Sorted by topic and partition. Sorting per member keeps a large group from blocking the event loop. */
export const assignedPartitions = (topics: readonly AssignedTopic[]): readonly TopicPartition[] =>
  [...topics]
    .sort((one, other) => (one.topic < other.topic ? -1 : 1))
    .flatMap(({ topic, partitions }) => {
      const name = toTopicName(topic)
      return [...partitions].sort((one, other) => one - other).map(partition => ({ topic: name, partition }))
    })
