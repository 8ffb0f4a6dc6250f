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

const freshLoaders = (catalog: Catalog, options: CallOptions): Omit<Loaders, 'forget'> => {
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

/** Loaders over a catalog; the options go along with every call. */
export const createLoaders = (catalog: Catalog, options: CallOptions = {}): Loaders => {
  let fresh: Omit<Loaders, 'forget'> | null = null
  const current = () => {
    fresh ??= freshLoaders(catalog, options)
    return fresh
  }
  return {
    cluster: () => current().cluster(),
    topics: () => current().topics(),
    topic: name => current().topic(name),
    offset: request => current().offset(request),
    configs: (resource, detail) => current().configs(resource, detail),
    forget: () => {
      fresh = null
    },
  }
}
