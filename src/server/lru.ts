/** Limits of a cache. */
export interface LruLimits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/** A least-recently-used cache, limited in entries and in bytes. The caller states the bytes. */
export class Lru<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly bytes: number }>()
  readonly #limits: LruLimits
  #bytes = 0

  constructor(limits: LruLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    // A Map iterates in insertion order, so a used entry moves to the end.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Keeps `value`, unless it alone is larger than the whole cache. */
  set(key: string, value: Value, bytes: number): void {
    this.#remove(key)
    if (bytes > this.#limits.maxBytes) return
    this.#entries.set(key, { value, bytes })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limits.maxBytes && this.#entries.size <= this.#limits.maxEntries) return
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
  }
}
