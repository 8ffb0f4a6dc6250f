import type { TopicChange } from '../../kafka/ports/watches.ts'
import { ConfigEntry } from '../config/config-entry-type.ts'
import { objectRef, parts, unionType } from '../core/schema-part.ts'
import { Topic, topicDescribed, topicGlobalId } from './topic-type.ts'

type ChangeOf<Kind extends TopicChange['kind']> = Extract<TopicChange, { readonly kind: Kind }>

const nodeOf = ({ topic }: TopicChange) => topicDescribed(topic)

const TopicCreated = objectRef<ChangeOf<'topicCreated'>>('TopicCreated').implement({
  description: 'A topic was created.',
  fields: t => ({ topic: t.field({ description: 'The topic.', type: Topic, resolve: nodeOf }) }),
})

const TopicDeleted = objectRef<ChangeOf<'topicDeleted'>>('TopicDeleted').implement({
  description:
    'A topic was deleted, with all its messages. If a topic is deleted and created again between two polls, both changes are reported: the new topic has another `topicId`.',
  fields: t => ({
    id: t.id({
      description:
        'The global id (`Topic.id`) of the deleted topic, so that a client can remove it from its cache. A topic created again under the same name has the same `id`.',
      resolve: ({ topic }, _, context) => topicGlobalId(topic.name, context),
    }),
    name: t.string({ description: 'The name of the deleted topic.', resolve: ({ topic }) => topic.name }),
    topicId: t.field({
      description: 'The Kafka id of the deleted topic.',
      type: 'UUID',
      nullable: true,
      resolve: ({ topic }) => topic.topicId,
    }),
  }),
})

const PartitionsAdded = objectRef<ChangeOf<'partitionsAdded'>>('PartitionsAdded').implement({
  description:
    'A topic has more partitions than before. From now on messages with the same key may go to another partition.',
  fields: t => ({
    topic: t.field({ description: 'The topic with its new partitions.', type: Topic, resolve: nodeOf }),
    from: t.exposeInt('from', { description: 'The number of partitions before.' }),
    to: t.exposeInt('to', { description: 'The number of partitions now.' }),
  }),
})

const TopicConfigChanged = objectRef<ChangeOf<'topicConfigChanged'>>('TopicConfigChanged').implement({
  description: 'Settings of a topic have new values, or the same values from another place.',
  fields: t => ({
    topic: t.field({ description: 'The topic.', type: Topic, resolve: nodeOf }),
    entries: t.field({
      description: 'The changed settings with their new values.',
      type: [ConfigEntry],
      resolve: ({ entries }) => entries,
    }),
  }),
})

const TYPE_NAMES = {
  topicCreated: TopicCreated.name,
  topicDeleted: TopicDeleted.name,
  partitionsAdded: PartitionsAdded.name,
  topicConfigChanged: TopicConfigChanged.name,
} as const

export const TopicChangeUnion = unionType('TopicChange', {
  description: 'A change of a topic.',
  types: [TopicCreated, TopicDeleted, PartitionsAdded, TopicConfigChanged],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

/** What this file adds to a schema. */
export const topicChangeParts = parts(TopicCreated, TopicDeleted, PartitionsAdded, TopicConfigChanged, TopicChangeUnion)
