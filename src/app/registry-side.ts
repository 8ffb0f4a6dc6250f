import type { Config } from '../config/config.ts'
import { registryLimits } from '../config/derived-limits.ts'
import type { SchemaRegistry } from '../kafka/ports/schema-registry.ts'
import { openRegistryClient, type RegistryClient } from '../payloads/registry/client/registry-client.ts'
import { createRegistryPort } from '../payloads/registry/port/create-registry-port.ts'
import { unconfiguredRegistry } from '../payloads/registry/unconfigured-registry.ts'

/** The schema registry's side of the program. It waits for nothing, and nothing waits for it. */
export class RegistrySide implements Disposable {
  readonly port: SchemaRegistry
  readonly #client: RegistryClient | null

  constructor(config: Config) {
    const { schemaRegistryUrl: urls } = config
    this.#client = urls === null ? null : openRegistryClient(accessOf(config, urls), registryLimits(config).client)
    this.port = this.#client === null ? unconfiguredRegistry : createRegistryPort(this.#client)
  }

  [Symbol.dispose](): void {
    this.#client?.[Symbol.dispose]()
  }
}

const accessOf = (config: Config, urls: readonly string[]) => ({
  urls: () => urls,
  username: config.schemaRegistryUsername,
  password: config.schemaRegistryPassword,
  token: config.schemaRegistryToken,
  tls: {
    ca: config.schemaRegistryTlsCa,
    cert: config.schemaRegistryTlsCert,
    key: config.schemaRegistryTlsKey,
  },
})
