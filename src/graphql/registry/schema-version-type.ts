import { type SubjectPart, subjectOfTopic } from '../../kafka/payload/subject-name.ts'
import type { SchemaVersion as SchemaVersionShape, SubjectVersion } from '../../kafka/schemas.ts'
import type { GraphQLContext } from '../core/context.ts'
import { objectRef } from '../core/schema-part.ts'
import { registryLoaders } from './registry-loaders.ts'

/** A version of a subject in a resolver. Its schema loads on demand. */
export interface SchemaVersionNode extends SubjectVersion {
  readonly schema?: SchemaVersionShape['schema']
}

/** Fields in `subject-type.ts` and `schema-type.ts` lead to the subject and the schema. */
export const SchemaVersion = objectRef<SchemaVersionNode>('SchemaVersion').implement({
  description:
    'One version of a subject: the schema that was registered as the first, second, … of that name. A version never changes. A change of a schema is registered as the next version.',
  fields: t => ({
    version: t.exposeInt('version', { description: 'Its number in the subject, counted from 1.' }),
  }),
})

/** The place of a payload whose schema is known: it decides which of the schema's subjects is meant. */
export interface SchemaPlace {
  readonly topic: string
  readonly part: SubjectPart | 'HEADER'
}

/**
 * The version that the schema of a payload is. Several subjects can have the same schema: the one named after the topic
 * wins, then the first. Null if no version has it, as after a deletion.
 */
export const versionOfPayload = async (
  schema: SchemaVersionShape['schema'],
  { topic, part }: SchemaPlace,
  { loaders }: GraphQLContext,
): Promise<SchemaVersionNode | null> => {
  if (schema.schemaId === null) return null
  const uses = await loaders.shared(registryLoaders).uses(schema.schemaId)
  const own = part === 'HEADER' ? undefined : subjectOfTopic(topic, part)
  const used = uses.find(({ subject }) => subject === own) ?? uses[0]
  return used === undefined ? null : { ...used, schema }
}
