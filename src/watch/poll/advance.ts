import type { KafkaError } from '../../kafka/errors/kafka-error.ts'

/** The difference between two snapshots. */
export interface Changes<S, E> {
  /**
   * The snapshot that counts as seen after these events: the newer one, or one that holds back changes too small to
   * report.
   */
  readonly seen: S
  readonly events: readonly E[]
  /** The error that ends the watch after the events; null: it continues. */
  readonly end: KafkaError | null
}

/** Compares two snapshots. */
export type Advance<S extends object, E> = (seen: S, newest: S) => Changes<S, E>

/** Remembered differences, keyed by how snapshots are compared; see `remembered`. */
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
 * Caches, for each snapshot, its difference to the newest one requested. Subscribers in step share events, and a
 * lagging one costs one comparison. Entries are garbage-collected with their snapshots.
 */
export const remembered = <S extends object, E>(advance: Advance<S, E>): Advance<S, E> => {
  return rememberedBy<S, E, null>(() => advance)(null)
}
