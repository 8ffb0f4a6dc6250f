import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** The result of one partition. */
export interface PartitionResult extends TopicPartition {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** The result of a change of a group's offsets: one error for all, or one result per partition. */
export interface GroupOffsetsResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly partitions: readonly PartitionResult[]
}

/** Groups partitions by topic, as requests carry them. */
export const partitionsByTopic = <T extends TopicPartition>(
  items: readonly T[],
): readonly (readonly [string, T[]])[] => {
  const topics = new Map<string, T[]>()
  for (const item of items) {
    const partitions = topics.get(item.topic)
    if (partitions === undefined) topics.set(item.topic, [item])
    else partitions.push(item)
  }
  return [...topics]
}
