/** How to identify and compare the items of a list. */
export interface Comparison<V> {
  /** False when the newer item is a different object under the same key, such as a recreated topic. */
  isSame(previous: V, next: V): boolean
  /** The newer item; or `previous` itself when nothing differs or the answer is an older one. */
  merge(previous: V, next: V): V
}

/**
 * A keyed list, as reported by a different broker at each poll. A broker that has just started or lags may leave out
 * existing items. So a removal, or a different object under the same key, counts only when two polls in a row report
 * it. Returns the previous map itself when nothing has changed.
 */
export class Confirmed<K, V> {
  readonly #comparison: Comparison<V>
  #doubted = new Set<K>()

  constructor(comparison: Comparison<V>) {
    this.#comparison = comparison
  }

  /** True when the last poll reported that this item is gone or replaced, and no second one has confirmed it yet. */
  doubts(key: K): boolean {
    return this.#doubted.has(key)
  }

  take(previous: ReadonlyMap<K, V> | null, reported: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
    if (previous === null) return reported
    const doubted = new Set<K>()
    const merged = new Map<K, V>()
    let isChanged = false
    for (const [key, before] of previous) {
      const item = this.#judged(key, before, reported.get(key), doubted)
      if (item !== before) isChanged = true
      if (item !== undefined) merged.set(key, item)
    }
    for (const [key, item] of reported) {
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
