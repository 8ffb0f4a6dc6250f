import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** Names a partition in messages; also serves as a unique key. */
export const partitionKey = ({ topic, partition }: TopicPartition): string => `partition ${partition} of topic ${topic}`
