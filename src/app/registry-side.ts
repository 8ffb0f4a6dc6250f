import type { Config } from '../config/config.ts'
import { registryLimits } from '../config/derived-limits.ts'
import type { SchemaRegistry } from '../kafka/ports/schema-registry.ts'
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

/** The schema registry's side of the program. It waits for nothing, and nothing waits for it. */
export class RegistrySide implements Disposable {
  readonly #registry: ConfiguredRegistry | null

  constructor(config: Config, compilers: Compilers) {
    const { schemaRegistryUrl: urls } = config
    this.#registry = urls === null ? null : openRegistry(config, () => urls, compilers)
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

  [Symbol.dispose](): void {
    this.#registry?.client[Symbol.dispose]()
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
