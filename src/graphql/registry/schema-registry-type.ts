import type { CompatibilityReason as ReasonShape, CompatibilityResult as ResultShape } from '../../kafka/schemas.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { translated, translating } from '../core/errors/failures.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { checkSubject, newSchemaArguments, newSchemaOf } from './new-schema.ts'
import { CompatibilityLevelEnum } from './registry-enums.ts'
import { registryLoaders } from './registry-loaders.ts'
import { Schema } from './schema-type.ts'
import { findSubject, Subject } from './subject-type.ts'

/** The registry in a resolver: there is one for each cluster. */
export interface RegistryNode {
  readonly kind: 'SchemaRegistry'
}

export const CompatibilityReason = objectRef<ReasonShape>('CompatibilityReason').implement({
  description: 'One reason why a schema may not become the next version of a subject.',
  fields: t => ({
    path: t.exposeString('path', {
      description: 'The place in the schema, such as `/fields/1`. Null if the registry does not say.',
      nullable: true,
    }),
    message: t.exposeString('message', { description: 'What is wrong there, in the registry’s words.' }),
  }),
})

const CompatibilityResult = objectRef<ResultShape>('CompatibilityResult').implement({
  description: 'Whether a schema may become the next version of a subject.',
  fields: t => ({
    isCompatible: t.exposeBoolean('isCompatible', { description: 'Whether the registry would accept it.' }),
    reasons: t.expose('reasons', {
      description: 'Why it would be refused. Empty if it is compatible.',
      type: [CompatibilityReason],
    }),
  }),
})

export const SchemaRegistry = objectRef<RegistryNode>('SchemaRegistry').implement({
  description:
    'The schema registry that this API uses: a server beside Kafka that keeps the schemas of payloads, gives each an id, and refuses changes that would break running producers or consumers. Kafka itself knows nothing about it.',
  fields: t => ({
    subject: t.field({
      extensions: { cost: { asksRegistry: true } },
      description: 'One subject by its name; null if there is none, or if it was deleted.',
      type: Subject,
      nullable: true,
      args: { name: t.arg.string({ required: true, description: 'The name, such as `orders-value`.' }) },
      resolve: (_, { name }, context) => {
        checkSubject('name', name)
        return findSubject(name, context)
      },
    }),
    schema: t.field({
      extensions: { cost: { asksRegistry: true } },
      description: 'The schema with this id; null if there is none.',
      type: Schema,
      nullable: true,
      args: {
        id: t.arg({ type: 'Long', required: true, description: 'The number that stands before a payload.' }),
      },
      resolve: (_, { id }, { loaders }) => {
        const schemaId = Number(id)
        return Number.isSafeInteger(schemaId) && schemaId >= 0 ? loaders.shared(registryLoaders).schema(schemaId) : null
      },
    }),
    checkCompatibility: t.field({
      extensions: { cost: { asksKafka: true } },
      description:
        'Whether `registerSchema` would accept a schema, without registering it. A subject without versions accepts any valid schema. Use it before a deployment, in the pipeline that builds a producer.',
      type: CompatibilityResult,
      nullable: true,
      args: newSchemaArguments(t.arg),
      resolve: async (_, { subject, ...schema }, { ports, call }) => {
        checkSubject('subject', subject)
        const wanted = newSchemaOf(schema)
        return translating(() => ports.schemaRegistry.checkCompatibility(call, subject, wanted))
      },
    }),
    compatibilityLevel: t.field({
      extensions: { cost: { asksRegistry: true } },
      description: 'The rule for new versions in every subject that has none of its own.',
      type: CompatibilityLevelEnum,
      nullable: true,
      resolve: (_, _arguments, { loaders }) => loaders.shared(registryLoaders).level(null),
    }),
    mode: t.field({
      extensions: { cost: { asksRegistry: true } },
      description:
        'What the registry allows: READWRITE, READONLY, READONLY_OVERRIDE or IMPORT. Null if it has no modes.',
      type: 'String',
      nullable: true,
      resolve: (_, _arguments, { ports, call }) => translating(() => ports.schemaRegistry.mode(call)),
    }),
  }),
})

const clusterRegistry = objectField(Cluster, 'schemaRegistry', t =>
  t.field({
    description: 'The schema registry beside this cluster. Null if none is configured (`SCHEMA_REGISTRY_URL`).',
    type: SchemaRegistry,
    nullable: true,
    resolve: (_, _arguments, { ports, call }) => {
      try {
        return ports.schemaRegistry.isConfigured(call) ? { kind: 'SchemaRegistry' as const } : null
      } catch (thrown) {
        throw translated(thrown)
      }
    },
  }),
)

/** What this file adds to a schema. */
export const schemaRegistryParts = parts(CompatibilityReason, CompatibilityResult, SchemaRegistry, clusterRegistry)
