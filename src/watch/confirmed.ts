/** How the items of a list are told apart and compared. */
export interface Comparison<V> {
  /** False when the newer one is another thing under the same key, such as a topic created anew. */
  isSame(previous: V, next: V): boolean
  /** The newer one, or `previous` itself when nothing about it is different, or when the answer is an older one. */
  merge(previous: V, next: V): V
}

/**
 * A list by key as several brokers tell it, one each time. A broker that has just started or lags behind leaves out what is
 * there: what is gone, or another thing under the same key, counts when two looks in a row have told so. Answers the previous
 * map itself when nothing has changed.
 */
export class Confirmed<K, V> {
  readonly #comparison: Comparison<V>
  #doubted = new Set<K>()

  constructor(comparison: Comparison<V>) {
    this.#comparison = comparison
  }

  /** Whether the last look told that this is gone or another thing, and no second one has. */
  doubts(key: K): boolean {
    return this.#doubted.has(key)
  }

  take(previous: ReadonlyMap<K, V> | null, told: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
    if (previous === null) return told
    const doubted = new Set<K>()
    const merged = new Map<K, V>()
    let isChanged = false
    for (const [key, before] of previous) {
      const item = this.#judged(key, before, told.get(key), doubted)
      if (item !== before) isChanged = true
      if (item !== undefined) merged.set(key, item)
    }
    for (const [key, item] of told) {
      if (previous.has(key)) continue
      merged.set(key, item)
      isChanged = true
    }
    this.#doubted = doubted
    return isChanged ? merged : previous
  }

  #judged(key: K, before: V, now: V | undefined, doubted: Set<K>): V | undefined {
    if (now !== undefined && this.#comparison.isSame(before, now)) return this.#comparison.merge(before, now)
    if (this.#doubted.has(key)) return now
    doubted.add(key)
    return before
  }
}
