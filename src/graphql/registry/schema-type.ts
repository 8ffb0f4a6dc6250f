import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { GraphQLContext } from '../core/context.ts'
import { operationError } from '../core/errors/failures.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { SchemaTypeEnum } from './registry-enums.ts'
import { registryLoaders } from './registry-loaders.ts'
import { SchemaVersion, type SchemaVersionNode } from './schema-version-type.ts'

const usesOf = async (schema: RegisteredSchema, { loaders }: GraphQLContext): Promise<readonly SchemaVersionNode[]> => {
  if (schema.schemaId === null) return []
  const uses = await loaders.shared(registryLoaders).uses(schema.schemaId)
  return uses.map(use => ({ ...use, schema }))
}

export const Schema = objectRef<RegisteredSchema>('Schema').implement({
  description:
    'A schema that a registry has: the text that says which fields a payload has and of which types. Producers write its id before each payload, and consumers look it up by that id. Equal texts share one id, also across subjects.',
  fields: t => ({
    schemaId: t.field({
      description:
        'The number that Confluent’s and Apicurio’s serializers write before a payload. Null for a registry that has only GUIDs.',
      type: 'Long',
      nullable: true,
      resolve: ({ schemaId }) => (schemaId === null ? null : BigInt(schemaId)),
    }),
    guid: t.field({
      description: 'The globally unique id that newer serializers write into a header. Null if the registry has none.',
      type: 'UUID',
      nullable: true,
      resolve: ({ guid }) => guid,
    }),
    schemaType: t.expose('schemaType', { description: 'The language that it is written in.', type: SchemaTypeEnum }),
    schema: t.exposeString('schema', { description: 'Its text, as it was registered.' }),
    references: t.field({
      description:
        'The schemas that its text uses, such as an imported .proto file or a shared Avro record. They have versions and subjects of their own.',
      type: [SchemaVersion],
      resolve: ({ references }) => references.map(({ subject, version }) => ({ subject, version })),
    }),
    referenceNames: t.field({
      description:
        'The names by which its text uses the `references`, in the same order. Give both when you register the text elsewhere.',
      type: ['String'],
      resolve: ({ references }) => references.map(({ name }) => name),
    }),
    usedBy: t.field({
      extensions: { cost: { asksRegistry: true } },
      description: 'The versions of subjects that have it. Null with an error if the registry does not answer.',
      type: [SchemaVersion],
      nullable: true,
      resolve: (schema, _, context) => usesOf(schema, context),
    }),
  }),
})

const missing = ({ subject, version }: SchemaVersionNode): KafkaError =>
  new KafkaError(
    'SCHEMA_VERSION_NOT_FOUND',
    `There is no version ${version} of the subject ${JSON.stringify(subject)}, or it was deleted.`,
  )

const versionSchema = objectField(SchemaVersion, 'schema', t =>
  t.field({
    extensions: { cost: { asksRegistry: true } },
    description: 'The schema. Null with an error if the version was deleted or the registry does not answer.',
    type: Schema,
    nullable: true,
    resolve: async (version, _, { loaders }) => {
      if (version.schema !== undefined) return version.schema
      const found = await loaders.shared(registryLoaders).version(version)
      if (found === null) throw operationError(missing(version))
      return found.schema
    },
  }),
)

/** What this file adds to a schema. */
export const schemaParts = parts(Schema, versionSchema)
