import DataLoader from 'dataloader'
import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../kafka/cluster.ts'
import { isFailure, type Outcome } from '../kafka/kafka-error.ts'
import type { CallOptions, Catalog, OffsetFound, OffsetRequest } from '../kafka/ports.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import { operationError, translating } from './failures.ts'

/** How much to ask about each config. */
export interface ConfigDetail {
  readonly includeSynonyms: boolean
  readonly includeDocumentation: boolean
}

/** Kafka's answers for one operation: each thing is asked for once, in one request with all others of its kind. */
export interface Loaders {
  cluster(): Promise<ClusterDescription>
  /** Every topic, sorted by name. */
  topics(): Promise<readonly TopicDescription[]>
  /** Null where no such topic exists. */
  topic(name: TopicName): Promise<TopicDescription | null>
  offset(request: OffsetRequest): Promise<OffsetFound>
  configs(resource: ConfigResource, detail: ConfigDetail): Promise<readonly ConfigEntry[]>
  /** Kafka may have changed: whatever is asked from here on is asked anew. */
  forget(): void
}

const orError = <T>(outcome: Outcome<T>): T | Error => (isFailure(outcome) ? operationError(outcome) : outcome)

const orNull = (outcome: Outcome<TopicDescription>): TopicDescription | null | Error =>
  isFailure(outcome) && outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : orError(outcome)

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= translating(work)
    return answer
  }
}

const topicLoader = (catalog: Catalog, options: CallOptions) =>
  new DataLoader<TopicName, TopicDescription | null>(names =>
    translating(async () => (await catalog.describeTopics(names, options)).map(orNull)),
  )

const offsetLoader = (catalog: Catalog, options: CallOptions) =>
  new DataLoader<OffsetRequest, OffsetFound, string>(
    requests => translating(async () => (await catalog.listOffsets(requests, options)).map(orError)),
    {
      cacheKeyFn: ({ topic, partition, at, isolationLevel }) => JSON.stringify([topic, partition, at, isolationLevel]),
    },
  )

const configLoader = (catalog: Catalog, detail: ConfigDetail, options: CallOptions) =>
  new DataLoader<ConfigResource, readonly ConfigEntry[], string>(
    resources =>
      translating(async () => (await catalog.describeConfigs(resources, { ...options, ...detail })).map(orError)),
    { cacheKeyFn: ({ type, name }) => `${type} ${name}` },
  )

type ConfigLoader = ReturnType<typeof configLoader>

type FreshLoaders = Omit<Loaders, 'forget'>

const freshLoaders = (catalog: Catalog, options: CallOptions): FreshLoaders => {
  const topic = topicLoader(catalog, options)
  const offset = offsetLoader(catalog, options)
  const configs = new Map<string, ConfigLoader>()
  return {
    cluster: once(() => catalog.describeCluster(options)),
    topics: once(() => catalog.listTopics(options)),
    topic: name => topic.load(name),
    offset: request => offset.load(request),
    configs: (resource, detail) => {
      const key = `${detail.includeSynonyms} ${detail.includeDocumentation}`
      const loader = configs.get(key) ?? configLoader(catalog, detail, options)
      configs.set(key, loader)
      return loader.load(resource)
    },
  }
}

/** A class, and nothing made before it is asked for: every idle subscription has one. */
class LazyLoaders implements Loaders {
  readonly #catalog: Catalog
  readonly #options: CallOptions
  #fresh: FreshLoaders | null = null

  constructor(catalog: Catalog, options: CallOptions) {
    this.#catalog = catalog
    this.#options = options
  }

  cluster(): Promise<ClusterDescription> {
    return this.#current().cluster()
  }

  topics(): Promise<readonly TopicDescription[]> {
    return this.#current().topics()
  }

  topic(name: TopicName): Promise<TopicDescription | null> {
    return this.#current().topic(name)
  }

  offset(request: OffsetRequest): Promise<OffsetFound> {
    return this.#current().offset(request)
  }

  configs(resource: ConfigResource, detail: ConfigDetail): Promise<readonly ConfigEntry[]> {
    return this.#current().configs(resource, detail)
  }

  forget(): void {
    this.#fresh = null
  }

  #current(): FreshLoaders {
    this.#fresh ??= freshLoaders(this.#catalog, this.#options)
    return this.#fresh
  }
}

/** Loaders over a catalog; the options go along with every call. */
export const createLoaders = (catalog: Catalog, options: CallOptions = {}): Loaders => new LazyLoaders(catalog, options)
