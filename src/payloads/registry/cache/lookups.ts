import { LRUCache } from 'lru-cache'
import { asKafkaError, type KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { type Call, ownCall } from '../../../kafka/ports/call.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import type { FoundSchema, MissingSchema, SoonLookup } from '../schema-source.ts'
import { UnknownBudget } from './unknown-budget.ts'

/** Bounds of the schemas of a registry. */
export interface SchemaSourceLimits {
  /** How long a lookup may take, ms. */
  readonly lookupMs: number
  /** How long the latest version of a subject is kept, ms. */
  readonly latestMs: number
  /** How long a failed lookup is kept, ms. */
  readonly missingMs: number
  /** Maximum memory of schemas and their codecs. */
  readonly cacheBytes: number
  /** Maximum failed lookups that are kept. */
  readonly missingEntries: number
  /** Maximum lookups under way. */
  readonly pendingEntries: number
  /** How often the registry is asked for schemas that it does not have, once many of them have been asked for. */
  readonly unknownPerSecond: number
}

/** What names a schema in the cache: the number of an id, or a text for everything else. */
export type LookupKey = number | string

const BUSY: MissingSchema = { problem: 'too many schemas are being looked up at once: try again', code: 'BUSY' }
const TOO_MANY_UNKNOWN: MissingSchema = {
  problem: 'the schema registry did not have so many schemas lately that it is asked for unknown ones less often',
  code: 'BUSY',
}
/** The average size of a failed lookup with its key: the space of all of them is this times their maximum number. */
const BYTES_PER_MISSING = 1024
/** Larger failed lookups are not kept. A name of a subject that a registry may be asked for fits. */
const LARGEST_MISSING = 16_384
/** Failures that may pass soon are kept only this long, ms. */
const BRIEFLY_MS = 1000

const problemOf = ({ message, code }: KafkaError): MissingSchema => ({ problem: message.replace(/\.$/, ''), code })

const sizeOf = ({ problem }: MissingSchema, key: LookupKey): number =>
  256 + 2 * (problem.length + (typeof key === 'string' ? key.length : 0))

/** Makes lookups: one request for many callers, failures kept briefly, and no wait for a registry that does not answer. */
export class Lookups {
  readonly #client: RegistryClient
  readonly #limits: SchemaSourceLimits
  readonly #missing: LRUCache<LookupKey, MissingSchema>
  readonly #flights = new Map<LookupKey, Promise<FoundSchema | MissingSchema>>()
  readonly #unknown: UnknownBudget

  constructor(client: RegistryClient, limits: SchemaSourceLimits) {
    this.#client = client
    this.#limits = limits
    const { missingEntries: max, missingMs: ttl } = limits
    const maxSize = max * BYTES_PER_MISSING
    this.#missing = new LRUCache({ max, ttl, maxSize, maxEntrySize: LARGEST_MISSING, sizeCalculation: sizeOf })
    this.#unknown = new UnknownBudget(limits.unknownPerSecond)
  }

  get pending(): number {
    return this.#flights.size
  }

  get missing(): number {
    return this.#missing.size
  }

  forgetMissing(): void {
    this.#missing.clear()
  }

  /** The lookup under way, the failure of the last one, or a new one by `work`, which keeps what it finds. */
  run(key: LookupKey, work: (call: Call) => Promise<FoundSchema>): SoonLookup {
    const known = this.#flights.get(key) ?? this.#missing.get(key)
    if (known !== undefined) return known
    const { absence, health } = this.#client
    if (absence !== null) return { problem: absence, code: 'SCHEMA_REGISTRY_UNAVAILABLE' }
    const { trouble } = health
    const refusal = this.#refusal()
    if (trouble === null && refusal !== null) return refusal
    if (trouble !== null && (refusal !== null || !health.takeProbe())) return problemOf(trouble)
    const flight = trouble === null ? this.#fly(key, work) : this.#probe(key, work)
    this.#flights.set(key, flight)
    // A registry that did not answer is tried again behind this answer.
    return trouble === null ? flight : problemOf(trouble)
  }

  /** Why no lookup can begin now; null if one can. */
  #refusal(): MissingSchema | null {
    if (this.#flights.size >= this.#limits.pendingEntries) return BUSY
    return this.#unknown.isEmpty ? TOO_MANY_UNKNOWN : null
  }

  /** A lookup that fails before it asks the registry, as for a name that no URL can hold, is no attempt to reach it. */
  async #probe(key: LookupKey, work: (call: Call) => Promise<FoundSchema>): Promise<FoundSchema | MissingSchema> {
    const { requests } = this.#client.stats()
    const answer = await this.#fly(key, work)
    if (this.#client.stats().requests === requests) this.#client.health.releaseProbe()
    return answer
  }

  async #fly(key: LookupKey, work: (call: Call) => Promise<FoundSchema>): Promise<FoundSchema | MissingSchema> {
    try {
      return await work({ ...ownCall(), deadline: performance.now() + this.#limits.lookupMs })
    } catch (thrown) {
      return this.#failed(key, asKafkaError(thrown, 'SCHEMA_REGISTRY_FAILED'))
    } finally {
      this.#flights.delete(key)
    }
  }

  #failed(key: LookupKey, error: KafkaError): MissingSchema {
    const missing = problemOf(error)
    if (!error.retriable) this.#unknown.spend()
    this.#missing.set(key, missing, error.retriable ? { ttl: BRIEFLY_MS } : {})
    return missing
  }
}
