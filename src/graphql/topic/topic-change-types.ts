import type { TopicChange } from '../../kafka/ports/watches.ts'
import { ConfigEntry } from '../config/config-entry-type.ts'
import { objectRef, parts, unionType } from '../schema-part.ts'
import { Topic, topicDescribed, topicGlobalId } from './topic-type.ts'

type ChangeOf<Kind extends TopicChange['kind']> = Extract<TopicChange, { readonly kind: Kind }>

const nodeOf = ({ topic }: TopicChange) => topicDescribed(topic)

const TopicCreated = objectRef<ChangeOf<'topicCreated'>>('TopicCreated').implement({
  description: 'There is a new topic.',
  fields: t => ({ topic: t.field({ description: 'The topic.', type: Topic, resolve: nodeOf }) }),
})

const TopicDeleted = objectRef<ChangeOf<'topicDeleted'>>('TopicDeleted').implement({
  description:
    'A topic was deleted, with all its messages. A topic deleted and created again between two looks is told as deleted and created, by its other id.',
  fields: t => ({
    id: t.id({
      description:
        'The global id that `Topic.id` was, so that a client can take the topic out of its cache. A topic created again under the same name has the same `id`.',
      resolve: ({ topic }) => topicGlobalId(topic.name),
    }),
    name: t.string({ description: 'The name it had.', resolve: ({ topic }) => topic.name }),
    topicId: t.field({
      description: 'The id it had.',
      type: 'UUID',
      nullable: true,
      resolve: ({ topic }) => topic.topicId,
    }),
  }),
})

const PartitionsAdded = objectRef<ChangeOf<'partitionsAdded'>>('PartitionsAdded').implement({
  description: 'A topic has more partitions than before: messages with the same key may go to another one from now on.',
  fields: t => ({
    topic: t.field({ description: 'The topic as it is now.', type: Topic, resolve: nodeOf }),
    from: t.exposeInt('from', { description: 'How many partitions it had.' }),
    to: t.exposeInt('to', { description: 'How many it has now.' }),
  }),
})

const TopicConfigChanged = objectRef<ChangeOf<'topicConfigChanged'>>('TopicConfigChanged').implement({
  description: 'Settings of a topic have other values than before, or values from another place.',
  fields: t => ({
    topic: t.field({ description: 'The topic.', type: Topic, resolve: nodeOf }),
    entries: t.field({
      description: 'Those settings as they are now.',
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

/** What happens to topics. */
export const TopicChangeUnion = unionType('TopicChange', {
  description: 'What happens to topics.',
  types: [TopicCreated, TopicDeleted, PartitionsAdded, TopicConfigChanged],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

/** What this file adds to a schema. */
export const topicChangeParts = parts(TopicCreated, TopicDeleted, PartitionsAdded, TopicConfigChanged, TopicChangeUnion)
