import { type SubjectPart, subjectOfTopic } from '../../kafka/payload/subject-name.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { GraphQLContext } from '../core/context.ts'
import { objectFields } from '../core/schema-part.ts'
import { Topic, type TopicNode } from '../topic/topic-type.ts'
import { registryLoaders } from './registry-loaders.ts'
import { Schema } from './schema-type.ts'

const schemaOf = async (
  { name, planned }: TopicNode,
  part: SubjectPart,
  { ports, call, loaders }: GraphQLContext,
): Promise<RegisteredSchema | null> => {
  if (planned || !ports.schemaRegistry.isConfigured(call)) return null
  const latest = await loaders.shared(registryLoaders).latest(subjectOfTopic(name, part))
  return latest?.schema ?? null
}

/** `Topic.keySchema` and `Topic.valueSchema`. */
export const topicSchemaFields = objectFields(Topic, t => ({
  keySchema: t.field({
    extensions: { cost: { asksRegistry: true } },
    description:
      'The newest schema of its keys: the latest version of the subject `<topic>-key`. Null if there is no such subject or no registry. Messages may have been written with older versions, or with a subject of another name.',
    type: Schema,
    nullable: true,
    resolve: (topic, _, context) => schemaOf(topic, 'KEY', context),
  }),
  valueSchema: t.field({
    extensions: { cost: { asksRegistry: true } },
    description:
      'The newest schema of its values: the latest version of the subject `<topic>-value`. Null if there is no such subject or no registry. Messages may have been written with older versions, or with a subject of another name.',
    type: Schema,
    nullable: true,
    resolve: (topic, _, context) => schemaOf(topic, 'VALUE', context),
  }),
}))
