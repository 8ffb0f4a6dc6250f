import type { TopicName } from './topic-name.ts'

/** One partition by its topic's name and its number. */
export interface TopicPartition {
  readonly topic: TopicName
  readonly partition: number
}
