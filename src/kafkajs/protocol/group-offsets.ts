import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** One partition's offset in a group, as on the wire: negative where there is none. */
export interface FetchedOffset extends TopicPartition {
  readonly offset: bigint
  /** -1: not told. */
  readonly leaderEpoch: number
  readonly metadata: string
  /** Share groups only; -1: not told. */
  readonly lag?: bigint
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** One group's offsets, or why its coordinator does not tell them. */
export interface GroupOffsets {
  readonly groupId: string
  /** In order of topic, then of partition. */
  readonly offsets: readonly FetchedOffset[]
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** The partitions of all topics in order, from those of each topic. */
export const inOrder = (topics: readonly (readonly FetchedOffset[])[]): readonly FetchedOffset[] =>
  topics
    .filter(partitions => partitions.length > 0)
    .sort(([one], [other]) => ((one?.topic ?? '') < (other?.topic ?? '') ? -1 : 1))
    .flat()

/** One topic's partitions in order. */
export const byPartition = (one: FetchedOffset, other: FetchedOffset): number => one.partition - other.partition
