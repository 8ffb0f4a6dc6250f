import { topicOfSubject } from '../../kafka/payload/subject-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { type FindNode, globalId, type IdContext, NodeInterface } from '../core/node.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { findTopic, Topic } from '../topic/topic-type.ts'
import { CompatibilityLevelEnum } from './registry-enums.ts'
import { registryLoaders } from './registry-loaders.ts'
import { SchemaVersion, type SchemaVersionNode } from './schema-version-type.ts'

/** A subject in a resolver. Only the name is known; other fields load on demand. */
export interface SubjectNode {
  readonly kind: 'Subject'
  readonly name: string
  /** Deleted softly: its versions can still be listed. Undefined: not known yet. */
  readonly isDeleted?: boolean
}

/** A subject of which only the name is known. */
export const subjectNamed = (name: string): SubjectNode => ({ kind: 'Subject', name })

/** The global id of a subject. Names can contain ":", which separates the parts of an id. */
export const subjectGlobalId = (name: string, context: IdContext): string =>
  globalId(context, 'Subject', Buffer.from(name).toString('base64url'))

/** The subject with this name; null if there is none, or no registry. */
export const findSubject = async (
  name: string,
  { ports, call, loaders }: GraphQLContext,
): Promise<SubjectNode | null> => {
  if (!ports.schemaRegistry.isConfigured(call)) return null
  const versions = await loaders.shared(registryLoaders).versions(name, false)
  return versions === null ? null : { kind: 'Subject', name, isDeleted: false }
}

const findNode: FindNode = async ([encoded = ''], context) => {
  const name = Buffer.from(encoded, 'base64url').toString()
  return Buffer.from(name).toString('base64url') === encoded ? findSubject(name, context) : null
}

const isGone = async ({ name, isDeleted }: SubjectNode, { loaders }: GraphQLContext): Promise<boolean> =>
  isDeleted ?? (await loaders.shared(registryLoaders).versions(name, false)) === null

const versionsOf = async (subject: SubjectNode, context: GraphQLContext): Promise<readonly SchemaVersionNode[]> => {
  const { name } = subject
  const isDeleted = await isGone(subject, context)
  const versions = await context.loaders.shared(registryLoaders).versions(name, isDeleted)
  return (versions ?? []).map(version => ({ subject: name, version }))
}

export const Subject = objectRef<SubjectNode>('Subject').implement({
  description:
    'A name under which a registry keeps the versions of one schema. Producers and consumers find the schema of a topic by it: the values of the topic `orders` have the subject `orders-value`, its keys `orders-key` (strategy TopicName). Other strategies name the subject after the record type: `shop.Order` (RecordName) or `orders-shop.Order` (TopicRecordName). The rule for new versions belongs to the subject.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this subject.',
      resolve: ({ name }, _, context) => subjectGlobalId(name, context),
    }),
    name: t.exposeString('name', {
      description:
        'Its name. One that begins with `:.name:` is in a context of that name, a separate namespace of the registry.',
    }),
    isDeleted: t.boolean({
      extensions: { cost: { asksRegistry: true } },
      description:
        'Whether it was deleted softly: it takes part in no compatibility check, but its schemas can still be found by id, so that old messages stay readable. Null with an error if the registry does not answer.',
      nullable: true,
      resolve: (subject, _, context) => isGone(subject, context),
    }),
    versions: t.field({
      extensions: { cost: { asksRegistry: true } },
      description:
        'Its versions, oldest first, without those that were deleted. For a deleted subject: all of them. Null with an error if the registry does not answer.',
      type: [SchemaVersion],
      nullable: true,
      resolve: (subject, _, context) => versionsOf(subject, context),
    }),
    latest: t.field({
      extensions: { cost: { asksRegistry: true } },
      description:
        'Its newest version, by which producers write unless they name another. Null if every version was deleted, and with an error if the registry does not answer.',
      type: SchemaVersion,
      nullable: true,
      resolve: ({ name }, _, { loaders }) => loaders.shared(registryLoaders).latest(name),
    }),
    compatibilityLevel: t.field({
      extensions: { cost: { asksRegistry: true } },
      description:
        'The rule for its next version: its own, or the registry’s if it has none. Null with an error if the registry does not answer.',
      type: CompatibilityLevelEnum,
      nullable: true,
      resolve: ({ name }, _, { loaders }) => loaders.shared(registryLoaders).level(name),
    }),
    topics: t.field({
      description:
        'The topics that it is named after by the strategy TopicName: the topic `orders` for `orders-key` and `orders-value`. Empty if there is no such topic. Null with an error if Kafka does not answer.',
      type: [Topic],
      nullable: true,
      resolve: async ({ name }, _, context) => {
        const topic = topicOfSubject(name)
        const found = topic === null ? null : await findTopic(topic, context)
        return found === null ? [] : [found]
      },
    }),
  }),
})

const versionSubject = objectField(SchemaVersion, 'subject', t =>
  t.field({
    description: 'The subject that it belongs to.',
    type: Subject,
    resolve: ({ subject }) => subjectNamed(subject),
  }),
)

/** What this file adds to a schema. */
export const subjectParts = parts(Subject, versionSubject)
