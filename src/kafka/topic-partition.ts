import type { TopicName } from './topic-name.ts'

/** A partition: topic name and partition number. */
export interface TopicPartition {
  readonly topic: TopicName
  readonly partition: number
}

/** The same, of a topic whose name is not checked, or not known: then its id stands in its place. */
interface UncheckedPartition {
  readonly topic: string
  readonly partition: number
}

/** The key of a partition in maps and sets. Neither names nor ids of topics contain a space. */
export const partitionKey = ({ topic, partition }: UncheckedPartition): string => `${topic} ${partition}`

/** A partition as sentences name it. */
export const partitionText = ({ topic, partition }: UncheckedPartition): string =>
  `partition ${partition} of topic ${topic}`

/** A partition as Kafka's tools name it. */
export const kafkaPartitionName = ({ topic, partition }: UncheckedPartition): string => `${topic}-${partition}`

/** Orders by topic, then by partition. */
export const byTopicThenPartition = (one: UncheckedPartition, other: UncheckedPartition): number =>
  one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1
