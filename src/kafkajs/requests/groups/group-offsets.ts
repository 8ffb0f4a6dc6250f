import type { TopicPartition } from '../../../kafka/topic-partition.ts'

/** One partition's offset of a group, on the wire; negative if there is none. */
export interface FetchedOffset extends TopicPartition {
  readonly offset: bigint
  /** -1 if not reported. */
  readonly leaderEpoch: number
  readonly metadata: string
  /** Share groups only; -1 if not reported. */
  readonly lag?: bigint
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** One group's offsets, or its coordinator's error. */
export interface GroupOffsets {
  readonly groupId: string
  /** Sorted by topic and partition. */
  readonly offsets: readonly FetchedOffset[]
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** Flattens the partitions of all topics, in order of topic. */
export const inOrder = (topics: readonly (readonly FetchedOffset[])[]): readonly FetchedOffset[] =>
  topics
    .filter(partitions => partitions.length > 0)
    .sort(([one], [other]) => ((one?.topic ?? '') < (other?.topic ?? '') ? -1 : 1))
    .flat()

export const byPartition = (one: FetchedOffset, other: FetchedOffset): number => one.partition - other.partition
