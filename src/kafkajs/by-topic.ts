import type { TopicPartition } from '../kafka/topic-partition.ts'

/** The partitions of one topic, as requests group them. Topics keep the order of their first partition. */
export interface OfTopic<T> {
  readonly topic: string
  readonly items: readonly T[]
}

/** Groups items by topic. */
export const byTopic = <T extends TopicPartition>(items: readonly T[]): readonly OfTopic<T>[] => {
  const topics = new Map<string, T[]>()
  for (const item of items) {
    const known = topics.get(item.topic)
    if (known) known.push(item)
    else topics.set(item.topic, [item])
  }
  return [...topics].map(([topic, ofTopic]) => ({ topic, items: ofTopic }))
}
