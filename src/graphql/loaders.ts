import DataLoader from 'dataloader'
import { BatchGate } from '../async/batch-gate.ts'
import { once } from '../async/once.ts'
import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../kafka/cluster.ts'
import { isFailure, type Outcome } from '../kafka/kafka-error.ts'
import type { CallOptions, Catalog, OffsetFound, OffsetRequest } from '../kafka/ports.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import type { GraphQLPorts } from './context.ts'
import { operationError, translating } from './failures.ts'

/** How much to ask about each config. */
export interface ConfigDetail {
  readonly includeSynonyms: boolean
  readonly includeDocumentation: boolean
}

/** How a DataLoader of one operation decides when to ask. */
export interface LoaderSchedule {
  readonly batchScheduleFn: (ask: () => void) => void
}

/** Makes something that all resolvers of one operation share, such as a DataLoader of a feature's own, which takes `schedule` among its options. */
export type MakeShared<T> = (ports: GraphQLPorts, options: CallOptions, schedule: LoaderSchedule) => T

/** Kafka's answers for one operation: each thing is asked for once, in one request with all others of its kind. */
export interface Loaders {
  /** Without its controller, which costs a request of its own. */
  cluster(): Promise<Omit<ClusterDescription, 'controllerId'>>
  /** Node id of the active controller; null while there is none. */
  controllerId(): Promise<number | null>
  /** Every topic, sorted by name. */
  topics(): Promise<readonly TopicDescription[]>
  /** Null where no such topic exists. */
  topic(name: TopicName): Promise<TopicDescription | null>
  offset(request: OffsetRequest): Promise<OffsetFound>
  configs(resource: ConfigResource, detail: ConfigDetail): Promise<readonly ConfigEntry[]>
  /** What `make` makes, once for this operation; made anew after `forget`. `make` is its identity: a constant of a module. */
  shared<T>(make: MakeShared<T>): T
  /** Kafka may have changed: whatever is asked from here on is asked anew. */
  forget(): void
  /** The operation pauses between two slices of its work: nothing is asked until it goes on. */
  pause(): void
  /** Everything that the operation has wanted so far is asked for. */
  resume(): void
}

/** A failed outcome as the error of the field that wanted it. */
export const orError = <T>(outcome: Outcome<T>): T | Error => (isFailure(outcome) ? operationError(outcome) : outcome)

const orNull = (outcome: Outcome<TopicDescription>): TopicDescription | null | Error =>
  isFailure(outcome) && outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : orError(outcome)

/** Asks Kafka once, however often it is called; fails with the error that the field reports. */
export const askedOnce = <T>(ask: () => Promise<T>): (() => Promise<T>) => once(() => translating(ask))

const topicLoader = (catalog: Catalog, options: CallOptions, schedule: LoaderSchedule) =>
  new DataLoader<TopicName, TopicDescription | null>(
    names => translating(async () => (await catalog.describeTopics(names, options)).map(orNull)),
    schedule,
  )

const offsetLoader = (catalog: Catalog, options: CallOptions, schedule: LoaderSchedule) =>
  new DataLoader<OffsetRequest, OffsetFound, string>(
    requests => translating(async () => (await catalog.listOffsets(requests, options)).map(orError)),
    {
      ...schedule,
      cacheKeyFn: ({ topic, partition, at, isolationLevel }) => JSON.stringify([topic, partition, at, isolationLevel]),
    },
  )

const configLoader = (catalog: Catalog, detail: ConfigDetail, options: CallOptions, schedule: LoaderSchedule) =>
  new DataLoader<ConfigResource, readonly ConfigEntry[], string>(
    resources =>
      translating(async () => (await catalog.describeConfigs(resources, { ...options, ...detail })).map(orError)),
    { ...schedule, cacheKeyFn: ({ type, name }) => `${type} ${name}` },
  )

type ConfigLoader = ReturnType<typeof configLoader>

type FreshLoaders = Omit<Loaders, 'forget' | 'pause' | 'resume'>

const sharing = (ports: GraphQLPorts, options: CallOptions, schedule: LoaderSchedule): Loaders['shared'] => {
  const made = new Map<MakeShared<unknown>, unknown>()
  return <T>(make: MakeShared<T>): T => {
    if (!made.has(make)) made.set(make, make(ports, options, schedule))
    // The one entry under `make` is what it made.
    return made.get(make) as T
  }
}

const freshLoaders = (ports: GraphQLPorts, options: CallOptions, schedule: LoaderSchedule): FreshLoaders => {
  const { catalog } = ports
  const topic = topicLoader(catalog, options, schedule)
  const offset = offsetLoader(catalog, options, schedule)
  const configs = new Map<string, ConfigLoader>()
  return {
    cluster: askedOnce(() => catalog.describeCluster({ ...options, includeController: false })),
    controllerId: askedOnce(async () => (await catalog.describeCluster(options)).controllerId),
    topics: askedOnce(() => catalog.listTopics(options)),
    topic: name => topic.load(name),
    offset: request => offset.load(request),
    configs: (resource, detail) => {
      const key = `${detail.includeSynonyms} ${detail.includeDocumentation}`
      const loader = configs.get(key) ?? configLoader(catalog, detail, options, schedule)
      configs.set(key, loader)
      return loader.load(resource)
    },
    shared: sharing(ports, options, schedule),
  }
}

/** The options read once, for calls that copy them: of an AbortController nothing would be copied. */
const signalOf = ({ signal }: CallOptions): CallOptions => (signal ? { signal } : {})

/** A class, and nothing made before it is asked for: every idle subscription has one. */
class LazyLoaders implements Loaders {
  readonly #ports: GraphQLPorts
  readonly #options: CallOptions
  #fresh: FreshLoaders | null = null
  #gate: BatchGate | null = null

  constructor(ports: GraphQLPorts, options: CallOptions) {
    this.#ports = ports
    this.#options = options
  }

  cluster(): Promise<Omit<ClusterDescription, 'controllerId'>> {
    return this.#current().cluster()
  }

  controllerId(): Promise<number | null> {
    return this.#current().controllerId()
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

  shared<T>(make: MakeShared<T>): T {
    return this.#current().shared(make)
  }

  forget(): void {
    this.#fresh = null
  }

  pause(): void {
    this.#gate ??= new BatchGate()
    this.#gate.close()
  }

  resume(): void {
    this.#gate?.open()
  }

  #current(): FreshLoaders {
    if (this.#fresh !== null) return this.#fresh
    this.#gate ??= new BatchGate()
    this.#fresh = freshLoaders(this.#ports, signalOf(this.#options), { batchScheduleFn: this.#gate.schedule })
    return this.#fresh
  }
}

/** Loaders over the ports; the options go along with every call. */
export const createLoaders = (ports: GraphQLPorts, options: CallOptions = {}): Loaders =>
  new LazyLoaders(ports, options)
