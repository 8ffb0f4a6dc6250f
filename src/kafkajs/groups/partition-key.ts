import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** One partition in words that also tell it from the others. */
export const partitionKey = ({ topic, partition }: TopicPartition): string => `partition ${partition} of topic ${topic}`
