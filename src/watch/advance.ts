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

/**
 * Remembers, for each snapshot, the way to the newest one that was asked for: subscribers in step share events, and whoever
 * is behind costs one comparison. Forgotten with the snapshots.
 */
export const remembered = <S extends object, E>(advance: Advance<S, E>): Advance<S, E> => {
  const ways = new WeakMap<S, { readonly newest: S; readonly changes: Changes<S, E> }>()
  return (seen, newest) => {
    const known = ways.get(seen)
    if (known?.newest === newest) return known.changes
    const changes = advance(seen, newest)
    ways.set(seen, { newest, changes })
    return changes
  }
}
