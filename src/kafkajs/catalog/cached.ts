/** How long values are kept, and how many. */
export interface CacheLimits<T> {
  /** From the moment a value was asked for, ms; 0: only callers at the same moment share. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** False for a value that must be asked for again, such as a failure. Default: all are kept. */
  readonly isKept?: (value: T) => boolean
}

interface Entry<T> {
  readonly value: Promise<T>
  readonly askedAt: number
  isPending: boolean
}

/** Remembers values by key for a moment; whoever asks while one is under way waits for the same answer. */
export class Cached<T> {
  readonly #limits: CacheLimits<T>
  readonly #entries = new Map<string, Entry<T>>()

  constructor(limits: CacheLimits<T>) {
    this.#limits = limits
  }

  /** The value of `key`, loaded unless it is known or under way. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    return this.#fresh(key) ?? this.#remember(key, load())
  }

  /** The values of `keys`, in order; `load` is called once, with those that are neither known nor under way. */
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

  /** Forgets everything: what is under way still reaches those who wait for it, and nobody else. */
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
  if (value === undefined) throw new Error('a load answered fewer values than it was asked for')
  return value
}
