import { type Offset, toOffset } from '../offset.ts'

/**
 * The next offset of each partition, indexed by partition number; undefined where a partition is not read. Immutable.
 */
export type Positions = readonly (Offset | undefined)[]

/** The partitions that have a position, ascending. */
export const partitionsOf = (positions: Positions): readonly number[] => {
  const partitions: number[] = []
  for (const [partition, offset] of positions.entries()) if (offset !== undefined) partitions.push(partition)
  return partitions
}

/** `positions` with one partition's offset replaced. */
export const withPosition = (positions: Positions, partition: number, offset: Offset): Positions => {
  const changed = positions.slice()
  changed[partition] = offset
  return changed
}

export const toPositions = (pairs: Iterable<readonly [number, Offset]>): Positions => {
  const positions: (Offset | undefined)[] = []
  for (const [partition, offset] of pairs) {
    // A hole in an array reads as undefined but slows every later access.
    while (positions.length < partition) positions.push(undefined)
    positions[partition] = offset
  }
  // `push` reserves room for 16 more items, and every idle subscriber keeps its positions.
  return positions.slice()
}

/** True when both have the same offsets. */
export const sameAs = (one: Positions, other: Positions): boolean =>
  one === other || (one.length === other.length && one.every((offset, partition) => offset === other[partition]))

/** True when every partition of `positions` has reached its `goal`. Partitions without a goal count as reached. */
export const haveReached = (positions: Positions, goals: Positions): boolean => {
  for (let partition = 0; partition < goals.length; partition++) {
    const goal = goals[partition]
    const position = positions[partition]
    if (goal !== undefined && position !== undefined && position < goal) return false
  }
  return true
}

/** The number of offsets from `positions` to `ends`. */
export const lagBetween = (positions: Positions, ends: Positions): bigint => {
  let lag = 0n
  for (let partition = 0; partition < positions.length; partition++) {
    const position = positions[partition]
    const end = ends[partition]
    if (position !== undefined && end !== undefined && end > position) lag += end - position
  }
  return lag
}

/** The first offset of a log without deleted records. */
export const FIRST_OFFSET = toOffset(0)
