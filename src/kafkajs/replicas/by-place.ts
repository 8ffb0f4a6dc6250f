import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** Orders by topic and partition. */
export const byPlace = (one: TopicPartition, other: TopicPartition): number =>
  one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1
