import type { PartitionThroughput, TopicThroughput } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { objectRef, parts, subscriptionField } from '../schema-part.ts'
import { Topic, topicDescribed } from './topic-type.ts'

const PartitionThroughputType = objectRef<PartitionThroughput>('PartitionThroughput').implement({
  description: 'How fast one partition grows.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    messagesInPerSecond: t.exposeFloat('messagesInPerSecond', {
      description: 'Offsets that were used up in a second, since the event before.',
    }),
    latestOffset: t.expose('latestOffset', {
      description: 'The offset that the next message gets; as last seen while the partition has no leader.',
      type: 'Long',
    }),
  }),
})

const TopicThroughputType = objectRef<TopicThroughput>('TopicThroughput').implement({
  description: 'How fast a topic grows.',
  fields: t => ({
    topic: t.field({ description: 'The topic.', type: Topic, resolve: ({ topic }) => topicDescribed(topic) }),
    messagesInPerSecond: t.exposeFloat('messagesInPerSecond', {
      description:
        'Messages written to it in a second: the sum over its partitions. The marks that end transactions count, too.',
    }),
    partitions: t.field({
      description: 'The same for each partition.',
      type: [PartitionThroughputType],
      resolve: ({ partitions }) => partitions,
    }),
  }),
})

const topicThroughputSubscription = subscriptionField('topicThroughput', t =>
  t.field({
    description:
      'How many messages a second are written to topics, every interval, computed from how far their offsets have come in the time that was measured. Never negative; a topic created anew starts anew. Ends with TOPIC_DELETED when one of the topics is deleted.',
    type: [TopicThroughputType],
    args: {
      topics: t.arg.stringList({
        required: true,
        description: 'The topics, which must be there. Told sorted by name.',
      }),
      interval: intervalArgument(t.arg, 1000),
    },
    subscribe: (_, { topics, interval }, context) =>
      changesOf(context, () =>
        context.ports.watches.topicThroughput(context.call, {
          topics: namedTopics(topics, context),
          intervalMs: intervalOf(interval, 1000, context),
        }),
      ),
    resolve: topics => topics,
  }),
)

/** What this file adds to a schema. */
export const topicThroughputParts = parts(PartitionThroughputType, TopicThroughputType, topicThroughputSubscription)
