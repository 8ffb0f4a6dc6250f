import { LRUCache } from 'lru-cache'
import { SingleFlight } from '../../async/single-flight.ts'

/** Lifetime and number of cached values. */
export interface CacheLimits<T> {
  /** Lifetime in ms, counted from the request. 0 shares values only between concurrent callers. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** Returns false for a value that must not be cached, such as a failure. Default: all are cached. */
  readonly isKept?: (value: T) => boolean
}

/** A short-lived cache by key with single flight: concurrent callers share one load. */
export class Cached<T> {
  readonly #limits: CacheLimits<T>
  readonly #kept: LRUCache<string, Promise<T>>
  readonly #underWay = new SingleFlight<string, T>()
  #clears = 0

  constructor(limits: CacheLimits<T>) {
    this.#limits = limits
    this.#kept = new LRUCache({ max: limits.maxEntries, ttl: limits.ttlMs, ttlResolution: 0 })
  }

  /** The cached or pending value of `key`; otherwise loads it. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    return this.#kept.get(key) ?? this.#underWay.run(key, () => this.#load(key, load))
  }

  /** The values of `keys`, in order. Calls `load` once, with the keys that are neither cached nor pending. */
  getMany(keys: readonly string[], load: (missing: readonly string[]) => Promise<readonly T[]>): Promise<T[]> {
    const values = new Map<string, Promise<T>>()
    for (const key of keys) {
      const known = this.#kept.get(key) ?? this.#underWay.underWay(key)
      if (known !== undefined) values.set(key, known)
    }
    const missing = [...new Set(keys)].filter(key => !values.has(key))
    if (missing.length > 0) {
      const loading = load(missing)
      for (const [index, key] of missing.entries()) {
        const loadOne = () => this.#load(key, () => loading.then(loaded => at(loaded, index)))
        values.set(key, this.#underWay.run(key, loadOne))
      }
    }
    return Promise.all(keys.map(key => values.get(key) ?? Promise.reject(new Error(`no value for ${key}`))))
  }

  /** Clears the cache. Pending loads still reach their current callers, but no new ones. */
  clear(): void {
    this.#clears += 1
    this.#kept.clear()
    this.#underWay.clear()
  }

  async #load(key: string, load: () => Promise<T>): Promise<T> {
    const start = performance.now()
    const clears = this.#clears
    const value = await load()
    const { ttlMs, isKept } = this.#limits
    const mayKeep = ttlMs > 0 && clears === this.#clears && isKept?.(value) !== false
    if (mayKeep) this.#kept.set(key, Promise.resolve(value), { start })
    return value
  }
}

const at = <T>(values: readonly T[], index: number): T => {
  const value = values[index]
  if (value === undefined) throw new Error('a load returned fewer values than requested')
  return value
}
