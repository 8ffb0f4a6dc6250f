import type { TopicPartition } from '../kafka/topic-partition.ts'

/** Partitions under their topic, as requests name them; topics in the order of their first partition. */
export interface OfTopic<T> {
  readonly topic: string
  readonly items: readonly T[]
}

/** Groups what is about partitions by topic. */
export const byTopic = <T extends TopicPartition>(items: readonly T[]): readonly OfTopic<T>[] => {
  const topics = new Map<string, T[]>()
  for (const item of items) {
    const known = topics.get(item.topic)
    if (known) known.push(item)
    else topics.set(item.topic, [item])
  }
  return [...topics].map(([topic, ofTopic]) => ({ topic, items: ofTopic }))
}
