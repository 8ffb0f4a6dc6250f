import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { SchemaRegistry } from '../../kafka/ports/schema-registry.ts'
import type { SchemaSource } from './schema-source.ts'

const refuse = (): Promise<never> => Promise.reject(new KafkaError('SCHEMA_REGISTRY_NOT_CONFIGURED'))

/** The port of a server without a schema registry. */
export const unconfiguredRegistry: SchemaRegistry = {
  isConfigured: () => false,
  listSubjects: refuse,
  listVersions: refuse,
  describeVersion: refuse,
  describeSchema: refuse,
  listUses: refuse,
  compatibilityLevel: refuse,
  mode: refuse,
  checkCompatibility: refuse,
  registerSchema: refuse,
  alterCompatibility: refuse,
  deleteSubject: refuse,
  deleteVersion: refuse,
}

const MISSING = {
  problem: 'no schema registry is configured (SCHEMA_REGISTRY_URL)',
  code: 'SCHEMA_REGISTRY_NOT_CONFIGURED',
} as const
const missing = () => MISSING

/** The schemas of a server without a schema registry: none. */
export const unconfiguredSource: SchemaSource = {
  byId: missing,
  byGuid: missing,
  latest: missing,
  byVersion: missing,
  find: missing,
  compiled: missing,
}
