/** Random numbers that a seed repeats. */
export interface Random {
  /** An integer from 0 to `end` - 1. */
  below(end: number): number
  pick<T>(list: readonly T[]): T
  /** Null for an empty list. */
  maybe<T>(list: readonly T[]): T | null
}

/** Creates random numbers by the mulberry32 algorithm. */
export const createRandom = (seed: number): Random => {
  let state = seed | 0
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end
  }
  const maybe = <T>(list: readonly T[]): T | null => list[below(Math.max(1, list.length))] ?? null
  return {
    below,
    maybe,
    pick: <T>(list: readonly T[]): T => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
  }
}
