import type { SchemaRegistry } from '../../../kafka/ports/schema-registry.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { createBrowse } from './browse.ts'
import { createChanges } from './changes.ts'
import { createCompatibility } from './compatibility.ts'

/** The port over a registry with Confluent's API. */
export const createRegistryPort = (client: RegistryClient): SchemaRegistry => ({
  isConfigured: () => true,
  ...createBrowse(client),
  ...createCompatibility(client),
  ...createChanges(client),
})
