import DataLoader from 'dataloader'
import { BatchGate } from '../../async/batch-gate.ts'
import { once } from '../../async/once.ts'
import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog, OffsetFound, OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { Ports } from '../../kafka/ports/ports.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { operationError, translating } from './errors/failures.ts'

/** Which extra details to load with each config. */
export interface ConfigDetail {
  readonly includeSynonyms: boolean
  readonly includeDocumentation: boolean
}

/** When a DataLoader of this operation sends its batch. */
export interface LoaderSchedule {
  readonly batchScheduleFn: (ask: () => void) => void
}

/**
 * Builds an object that all resolvers of one operation share, such as a feature's own DataLoader. It passes `schedule`
 * on among the loader's options.
 */
export type MakeShared<T> = (ports: Ports, call: Call, schedule: LoaderSchedule) => T

/** Kafka data of one operation. Each object is requested once, batched with all others of its kind. */
export interface Loaders {
  /** Without the controller, which needs a separate request. */
  cluster(): Promise<Omit<ClusterDescription, 'controllerId'>>
  /** Node id of the active controller; null while there is none. */
  controllerId(): Promise<number | null>
  /** Every topic, sorted by name. */
  topics(): Promise<readonly TopicDescription[]>
  /** Null where no such topic exists. */
  topic(name: TopicName): Promise<TopicDescription | null>
  offset(request: OffsetRequest): Promise<OffsetFound>
  configs(resource: ConfigResource, detail: ConfigDetail): Promise<readonly ConfigEntry[]>
  /**
   * The object that `make` builds, once per operation, and again after `forget`. `make` is the cache key: pass a module
   * constant.
   */
  shared<T>(make: MakeShared<T>): T
  /** Clears every cached answer, because Kafka may have changed. */
  forget(): void
  /** Holds requests back while the operation pauses between two slices of its work. */
  pause(): void
  /** Sends every request that the operation has asked for so far. */
  resume(): void
}

/** A failed outcome becomes the error of its field. */
export const orError = <T>(outcome: Outcome<T>): T | Error => (isFailure(outcome) ? operationError(outcome) : outcome)

const orNull = (outcome: Outcome<TopicDescription>): TopicDescription | null | Error =>
  isFailure(outcome) && outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : orError(outcome)

/** Asks Kafka on the first call and keeps the result. Fails with the error that the field reports. */
export const askedOnce = <T>(ask: () => Promise<T>): (() => Promise<T>) => once(() => translating(ask))

const topicLoader = (call: Call, catalog: Catalog, schedule: LoaderSchedule) =>
  new DataLoader<TopicName, TopicDescription | null>(
    names => translating(async () => (await catalog.describeTopics(call, names)).map(orNull)),
    schedule,
  )

const offsetLoader = (call: Call, catalog: Catalog, schedule: LoaderSchedule) =>
  new DataLoader<OffsetRequest, OffsetFound, string>(
    requests => translating(async () => (await catalog.listOffsets(call, requests)).map(orError)),
    {
      ...schedule,
      cacheKeyFn: ({ topic, partition, at, isolationLevel }) => JSON.stringify([topic, partition, at, isolationLevel]),
    },
  )

const configLoader = (call: Call, catalog: Catalog, detail: ConfigDetail, schedule: LoaderSchedule) =>
  new DataLoader<ConfigResource, readonly ConfigEntry[], string>(
    resources => translating(async () => (await catalog.describeConfigs(call, resources, detail)).map(orError)),
    { ...schedule, cacheKeyFn: ({ type, name }) => `${type} ${name}` },
  )

type ConfigLoader = ReturnType<typeof configLoader>

type FreshLoaders = Omit<Loaders, 'forget' | 'pause' | 'resume'>

const sharing = (ports: Ports, call: Call, schedule: LoaderSchedule): Loaders['shared'] => {
  const made = new Map<MakeShared<unknown>, unknown>()
  return <T>(make: MakeShared<T>): T => {
    if (!made.has(make)) made.set(make, make(ports, call, schedule))
    // The entry under `make` always has the type that `make` returns.
    return made.get(make) as T
  }
}

const freshLoaders = (ports: Ports, call: Call, schedule: LoaderSchedule): FreshLoaders => {
  const { catalog } = ports
  const topic = topicLoader(call, catalog, schedule)
  const offset = offsetLoader(call, catalog, schedule)
  const configs = new Map<string, ConfigLoader>()
  return {
    cluster: askedOnce(() => catalog.describeCluster(call, { includeController: false })),
    controllerId: askedOnce(async () => (await catalog.describeCluster(call)).controllerId),
    topics: askedOnce(() => catalog.listTopics(call)),
    topic: name => topic.load(name),
    offset: request => offset.load(request),
    configs: (resource, detail) => {
      const key = `${detail.includeSynonyms} ${detail.includeDocumentation}`
      const loader = configs.get(key) ?? configLoader(call, catalog, detail, schedule)
      configs.set(key, loader)
      return loader.load(resource)
    },
    shared: sharing(ports, call, schedule),
  }
}

/** A class that makes everything on first use, because every idle subscription has one. */
class LazyLoaders implements Loaders {
  readonly #ports: Ports
  readonly #call: Call
  #fresh: FreshLoaders | null = null
  #gate: BatchGate | null = null

  constructor(ports: Ports, call: Call) {
    this.#ports = ports
    this.#call = call
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
    this.#fresh = freshLoaders(this.#ports, this.#call, { batchScheduleFn: this.#gate.schedule })
    return this.#fresh
  }
}

/** Loaders over the ports, for one operation's call. */
export const createLoaders = (ports: Ports, call: Call): Loaders => new LazyLoaders(ports, call)
