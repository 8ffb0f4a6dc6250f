import type { TopicName } from './topic-name.ts'

/** A partition: topic name and partition number. */
export interface TopicPartition {
  readonly topic: TopicName
  readonly partition: number
}
