import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { registryLimits } from '../config/derived-limits.ts'
import type { Logger } from '../kafka/logger.ts'
import type { SchemaRegistry } from '../kafka/ports/schema-registry.ts'
import type { LocalRegistry } from '../local-registry/local-registry.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Compilers } from '../payloads/registry/cache/codec-cache.ts'
import { createSchemaSource, type RegistrySchemas } from '../payloads/registry/cache/create-schema-source.ts'
import { openRegistryClient, type RegistryClient } from '../payloads/registry/client/registry-client.ts'
import { createRegistryPort } from '../payloads/registry/port/create-registry-port.ts'
import { forgetting } from '../payloads/registry/port/forgetting.ts'
import type { SchemaSource } from '../payloads/registry/schema-source.ts'
import { unconfiguredRegistry, unconfiguredSource } from '../payloads/registry/unconfigured-registry.ts'

interface ConfiguredRegistry {
  readonly client: RegistryClient
  readonly schemas: RegistrySchemas
  readonly port: SchemaRegistry
}

/** Options of the local registry besides the settings. */
interface LocalOptions {
  readonly logger: Logger
  /** Where Java and Maven are looked up. Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv
}

const STARTING = 'the local schema registry is being started: try again in a moment'

/** The schema registry's side of the program. It waits for nothing, and nothing waits for it. */
export class RegistrySide implements AsyncDisposable {
  readonly #config: Config
  readonly #registry: ConfiguredRegistry | null
  readonly #stopping = new AbortController()
  #local: LocalRegistry | undefined
  #starting: Promise<void> | undefined
  /** Why the local registry does not run. */
  #absence = STARTING

  constructor(config: Config, compilers: Compilers) {
    this.#config = config
    const { schemaRegistryUrl: urls, localRegistry } = config
    const isConfigured = urls !== null || localRegistry
    this.#registry = isConfigured ? openRegistry(config, () => urls ?? this.#localUrls(), compilers) : null
  }

  /** Starts the local registry in the background, if the settings ask for one. */
  startLocal(options: LocalOptions): void {
    if (this.#config.localRegistry) this.#starting = this.#startLocal(options)
  }

  async #startLocal({ logger, env = process.env }: LocalOptions): Promise<void> {
    // Imported only if needed: without LOCAL_REGISTRY nothing of it is loaded.
    const { startLocalRegistry } = await import('../local-registry/start-local-registry.ts')
    try {
      this.#local = await startLocalRegistry({
        dir: join(this.#config.localKafkaDir, 'registry'),
        env,
        signal: this.#stopping.signal,
        onStep: text => logger.info({}, text),
        onExit: text => logger.error({}, text),
        onReturn: () => logger.info({}, 'the local schema registry runs again'),
      })
    } catch (thrown) {
      if (this.#stopping.signal.aborted) return
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      this.#absence = `the local schema registry could not be started: ${reason}`
      logger.error({}, this.#absence)
    }
  }

  #localUrls(): readonly string[] | string {
    if (this.#local === undefined) return this.#absence
    return this.#local.trouble ?? [this.#local.url]
  }

  /** The port, for clients that browse the registry. */
  get port(): SchemaRegistry {
    return this.#registry?.port ?? unconfiguredRegistry
  }

  /** The schemas, for decoders and encoders. */
  get schemas(): SchemaSource {
    return this.#registry?.schemas ?? unconfiguredSource
  }

  /** Adds the numbers of the registry to the metrics. */
  observe(metrics: Metrics): void {
    const registry = this.#registry
    if (registry === null) return
    const { client, schemas } = registry
    const requests = 'Requests to the schema registry.'
    metrics.observeCount('schema_registry_requests_total', requests, () => client.stats().requests)
    const failures = 'Requests to the schema registry without a usable answer.'
    metrics.observeCount('schema_registry_failures_total', failures, () => client.stats().failures)
    metrics.observe('schema_registry_up', '1 while the schema registry answers.', () =>
      client.health.trouble === null && client.absence === null ? 1 : 0,
    )
    metrics.observe('schemas', 'Schemas kept in memory.', () => schemas.stats().schemas)
    metrics.observe('schema_bytes', 'Estimated memory of these schemas.', () => schemas.stats().bytes)
    metrics.observe('schemas_missing', 'Failed lookups of schemas that are remembered.', () => schemas.stats().missing)
    metrics.observe('schemas_pending', 'Lookups of schemas under way.', () => schemas.stats().pending)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    this.#registry?.client[Symbol.dispose]()
    await this.#starting
    await this.#local?.close()
  }
}

const openRegistry = (
  config: Config,
  urls: () => readonly string[] | string,
  compilers: Compilers,
): ConfiguredRegistry => {
  const limits = registryLimits(config)
  const client = openRegistryClient({ urls, ...accessOf(config) }, limits.client)
  const schemas = createSchemaSource(client, compilers, limits.source)
  return { client, schemas, port: forgetting(createRegistryPort(client), () => schemas.forgetRecent()) }
}

const accessOf = (config: Config) => ({
  username: config.schemaRegistryUsername,
  password: config.schemaRegistryPassword,
  token: config.schemaRegistryToken,
  tls: {
    ca: config.schemaRegistryTlsCa,
    cert: config.schemaRegistryTlsCert,
    key: config.schemaRegistryTlsKey,
  },
})
