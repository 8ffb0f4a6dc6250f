/** One partition's offset in a group, as on the wire: negative where there is none. */
export interface FetchedOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  /** -1: not told. */
  readonly leaderEpoch: number
  readonly metadata: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** One group's offsets, or why its coordinator does not tell them. */
export interface GroupOffsets {
  readonly groupId: string
  readonly offsets: readonly FetchedOffset[]
  readonly errorCode: number
  readonly errorMessage: string | null
}
