import { LRUCache } from 'lru-cache'
import { SingleFlight } from '../../async/single-flight.ts'

/** How long values are kept, and how many. */
export interface CacheLimits<T> {
  /** From the moment a value was asked for, ms; 0: only callers at the same moment share. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** False for a value that must be asked for again, such as a failure. Default: all are kept. */
  readonly isKept?: (value: T) => boolean
}

/** Remembers values by key for a moment; callers that ask while a value is under way share it. */
export class Cached<T> {
  readonly #limits: CacheLimits<T>
  readonly #kept: LRUCache<string, Promise<T>>
  readonly #underWay = new SingleFlight<string, T>()
  #clears = 0

  constructor(limits: CacheLimits<T>) {
    this.#limits = limits
    this.#kept = new LRUCache({ max: limits.maxEntries, ttl: limits.ttlMs, ttlResolution: 0 })
  }

  /** The value of `key`, loaded unless it is known or under way. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    return this.#kept.get(key) ?? this.#underWay.run(key, () => this.#load(key, load))
  }

  /** The values of `keys`, in order; `load` is called once, with those that are neither known nor under way. */
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

  /** Forgets everything: what is under way still reaches those who wait for it, and nobody else. */
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
  if (value === undefined) throw new Error('a load answered fewer values than it was asked for')
  return value
}
