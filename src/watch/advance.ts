import type { KafkaError } from '../kafka/kafka-error.ts'

/** The way from one snapshot to a newer one. */
export interface Changes<S, E> {
  /** What has been told when the events are: the newer snapshot, or one that still holds back what was not worth telling. */
  readonly seen: S
  readonly events: readonly E[]
  /** What ends the watch behind the events; null: it goes on. */
  readonly end: KafkaError | null
}

/** Compares two snapshots. */
export type Advance<S extends object, E> = (seen: S, newest: S) => Changes<S, E>

/** Ways by how they compare; see `remembered`. */
export const rememberedBy = <S extends object, E, How>(
  advance: (how: How) => Advance<S, E>,
): ((how: How) => Advance<S, E>) => {
  const ways = new WeakMap<S, Map<How, Way<S, E>>>()
  return how => (seen, newest) => {
    const ofSeen = ways.get(seen) ?? new Map<How, Way<S, E>>()
    ways.set(seen, ofSeen)
    const known = ofSeen.get(how)
    if (known?.newest === newest) return known.changes
    const changes = advance(how)(seen, newest)
    ofSeen.set(how, { newest, changes })
    return changes
  }
}

interface Way<S, E> {
  readonly newest: S
  readonly changes: Changes<S, E>
}

/**
 * Remembers, for each snapshot, the way to the newest one that was asked for: subscribers in step share events, and whoever
 * is behind costs one comparison. Forgotten with the snapshots.
 */
export const remembered = <S extends object, E>(advance: Advance<S, E>): Advance<S, E> => {
  return rememberedBy<S, E, null>(() => advance)(null)
}
