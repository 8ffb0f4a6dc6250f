import { LRUCache } from 'lru-cache'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { RegisteredSchema } from '../../../kafka/schemas.ts'
import type { SchemaCodec } from '../../schema-codec.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { isNumber } from '../is-number.ts'
import type { FoundSchema, MissingSchema, SchemaPointer, SchemaSource, SoonLookup } from '../schema-source.ts'
import { CodecCache, type Compilers } from './codec-cache.ts'
import { createSchemaFetcher, type SchemaFetcher } from './fetch-schema.ts'
import { type LookupKey, Lookups, type SchemaSourceLimits } from './lookups.ts'
import { contextOf, resolveReferences } from './resolve-references.ts'

/** Numbers for the metrics. */
export interface SchemaSourceStats {
  readonly schemas: number
  readonly bytes: number
  readonly missing: number
  readonly pending: number
}

/** The schemas of a registry, with numbers for the metrics. */
export interface RegistrySchemas extends SchemaSource {
  /** Forgets what a change of the registry makes untrue: failures, and versions of subjects. */
  forgetRecent(): void
  stats(): SchemaSourceStats
}

/** A text takes two bytes a character, and its codec a few times as much. */
const BYTES_PER_CHARACTER = 8
const BYTES_PER_SCHEMA = 2048

const bytesOf = ({ text }: FoundSchema): number =>
  text.references.reduce((sum, { schema }) => sum + schema.length, text.schema.length) * BYTES_PER_CHARACTER +
  BYTES_PER_SCHEMA

const keyOfId = (id: number, context: string | undefined): LookupKey =>
  context === undefined ? id : JSON.stringify(['id', context, id])

/** A number that no version has is that of a schema. After another failure it may be either: a guess would be kept. */
const contentId =
  (id: number) =>
  (thrown: unknown): number => {
    if (thrown instanceof KafkaError && thrown.code === 'SCHEMA_NOT_FOUND') return id
    throw thrown
  }

class CachedSchemas implements RegistrySchemas {
  readonly #fetcher: SchemaFetcher
  readonly #lookups: Lookups
  readonly #codecs: CodecCache
  /** By what never changes: ids and GUIDs. */
  readonly #found: LRUCache<LookupKey, FoundSchema>
  /** By what may change: versions of subjects, which can be deleted and made again. */
  readonly #recent: LRUCache<string, FoundSchema>

  constructor(client: RegistryClient, compilers: Compilers, limits: SchemaSourceLimits) {
    this.#fetcher = createSchemaFetcher(client)
    this.#lookups = new Lookups(client, limits)
    this.#codecs = new CodecCache(compilers)
    const { cacheBytes: maxSize, missingEntries: max, latestMs: ttl } = limits
    this.#found = new LRUCache({ maxSize, maxEntrySize: maxSize, sizeCalculation: bytesOf })
    this.#recent = new LRUCache({ max, ttl, maxSize, sizeCalculation: bytesOf })
  }

  byId(id: number, context?: string): SoonLookup {
    // Half of the ids in random bytes are above those that a registry gives.
    if (!isNumber(id)) return { problem: `the schema registry has no schema ${id}`, code: 'SCHEMA_NOT_FOUND' }
    const key = keyOfId(id, context)
    return this.#found.get(key) ?? this.#lookups.run(key, call => this.#fetchId(call, id, context))
  }

  byGuid(guid: string): SoonLookup {
    const key = `guid ${guid}`
    return this.#found.get(key) ?? this.#lookups.run(key, call => this.#fetchGuid(call, key, guid))
  }

  latest(subject: string): SoonLookup {
    return this.#ofSubject(subject, 'latest')
  }

  byVersion(subject: string, version: number): SoonLookup {
    return this.#ofSubject(subject, version)
  }

  find(pointer: SchemaPointer, context?: string): SoonLookup {
    switch (pointer.kind) {
      case 'id':
        return this.byId(pointer.id, context)
      case 'guid':
        return this.byGuid(pointer.guid)
      case 'globalId':
        return this.#byGlobalId(pointer.globalId)
      case 'longId':
        return this.#byLongId(pointer.id)
      case 'artifact':
        return this.#ofSubject(pointer.subject, pointer.version ?? 'latest')
    }
  }

  compiled(found: FoundSchema): SchemaCodec | MissingSchema {
    return this.#codecs.of(found)
  }

  forgetRecent(): void {
    this.#recent.clear()
    this.#lookups.forgetMissing()
  }

  stats(): SchemaSourceStats {
    const { size: schemas, calculatedSize: bytes } = this.#found
    return { schemas, bytes, missing: this.#lookups.missing, pending: this.#lookups.pending }
  }

  #ofSubject(subject: string, version: number | 'latest'): SoonLookup {
    const key = JSON.stringify(['version', subject, version])
    const known = this.#recent.get(key)
    return known ?? this.#lookups.run(key, call => this.#fetchVersion(call, key, subject, version))
  }

  #byGlobalId(globalId: number): SoonLookup {
    const key = `global ${globalId}`
    const fetch = async (call: Call): Promise<FoundSchema> =>
      this.#keep(key, await this.#knownOrFetched(call, await this.#fetcher.idOfGlobalId(call, globalId)))
    return this.#found.get(key) ?? this.#lookups.run(key, fetch)
  }

  #byLongId(id: number): SoonLookup {
    const key = `long ${id}`
    const fetch = async (call: Call): Promise<FoundSchema> => {
      const own = await this.#fetcher.idOfGlobalId(call, id).catch(contentId(id))
      return this.#keep(key, await this.#knownOrFetched(call, own))
    }
    return this.#found.get(key) ?? this.#lookups.run(key, fetch)
  }

  async #knownOrFetched(call: Call, id: number): Promise<FoundSchema> {
    return this.#found.get(id) ?? this.#fetchId(call, id, undefined)
  }

  async #fetchId(call: Call, id: number, context: string | undefined): Promise<FoundSchema> {
    const schema = await this.#fetcher.byId(call, id, context)
    const key = keyOfId(id, context)
    return this.#keep(key, await this.#resolved(call, schema, context))
  }

  async #fetchGuid(call: Call, key: string, guid: string): Promise<FoundSchema> {
    return this.#keep(key, await this.#resolved(call, await this.#fetcher.byGuid(call, guid), undefined))
  }

  async #fetchVersion(call: Call, key: string, subject: string, version: number | 'latest'): Promise<FoundSchema> {
    const schema = await this.#fetcher.byVersion(call, subject, version)
    const context = contextOf(subject)
    const { schemaId: id } = schema
    // The schema of an id that is known already has its codec.
    const idKey = id === null ? null : keyOfId(id, context)
    const known = idKey === null ? undefined : this.#found.get(idKey)
    // Apicurio gives one id to equal texts, also in two languages.
    const same = known?.schema.schemaType === schema.schemaType ? known : undefined
    const found = same ?? (await this.#resolved(call, schema, context))
    if (idKey !== null && known === undefined) this.#keep(idKey, found)
    this.#recent.set(key, found)
    return found
  }

  async #resolved(call: Call, schema: RegisteredSchema, context: string | undefined): Promise<FoundSchema> {
    const fetch = (subject: string, version: number) => this.#fetcher.byVersion(call, subject, version)
    return { schema, text: await resolveReferences(schema, fetch, context) }
  }

  #keep(key: LookupKey, found: FoundSchema): FoundSchema {
    this.#found.set(key, found)
    return found
  }
}

/** The schemas of a registry, fetched by `client` and compiled by `compilers`. */
export const createSchemaSource = (
  client: RegistryClient,
  compilers: Compilers,
  limits: SchemaSourceLimits,
): RegistrySchemas => new CachedSchemas(client, compilers, limits)
