/** Lifetime and number of cached values. */
export interface CacheLimits<T> {
  /** Lifetime in ms, counted from the request. 0 shares values only between concurrent callers. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** Returns false for a value that must not be cached, such as a failure. Default: all are cached. */
  readonly isKept?: (value: T) => boolean
}

interface Entry<T> {
  readonly value: Promise<T>
  readonly askedAt: number
  isPending: boolean
}

/** A short-lived cache by key with single flight: concurrent callers share one load. */
export class Cached<T> {
  readonly #limits: CacheLimits<T>
  readonly #entries = new Map<string, Entry<T>>()

  constructor(limits: CacheLimits<T>) {
    this.#limits = limits
  }

  /** The cached or pending value of `key`; otherwise loads it. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    return this.#fresh(key) ?? this.#remember(key, load())
  }

  /** The values of `keys`, in order. Calls `load` once, with the keys that are neither cached nor pending. */
  getMany(keys: readonly string[], load: (missing: readonly string[]) => Promise<readonly T[]>): Promise<T[]> {
    const values = new Map<string, Promise<T>>()
    for (const key of keys) {
      const fresh = this.#fresh(key)
      if (fresh !== undefined) values.set(key, fresh)
    }
    const missing = [...new Set(keys)].filter(key => !values.has(key))
    if (missing.length > 0) {
      const loading = load(missing)
      missing.forEach((key, index) => {
        values.set(
          key,
          this.#remember(
            key,
            loading.then(loaded => at(loaded, index)),
          ),
        )
      })
    }
    return Promise.all(keys.map(key => values.get(key) ?? Promise.reject(new Error(`no value for ${key}`))))
  }

  /** Clears the cache. Pending loads still reach their current callers, but no new ones. */
  clear(): void {
    this.#entries.clear()
  }

  #fresh(key: string): Promise<T> | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    return entry.isPending || performance.now() - entry.askedAt < this.#limits.ttlMs ? entry.value : undefined
  }

  #remember(key: string, value: Promise<T>): Promise<T> {
    const entry = { value, askedAt: performance.now(), isPending: true }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    const forget = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    }
    const settle = (loaded: T) => {
      entry.isPending = false
      if (this.#limits.isKept?.(loaded) === false) forget()
    }
    value.then(settle, forget)
    this.#dropOldest()
    return value
  }

  #dropOldest(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.maxEntries) return
      this.#entries.delete(key)
    }
  }
}

const at = <T>(values: readonly T[], index: number): T => {
  const value = values[index]
  if (value === undefined) throw new Error('a load returned fewer values than requested')
  return value
}
