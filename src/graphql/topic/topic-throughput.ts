import type { PartitionThroughput, TopicThroughput } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { objectRef, parts, subscriptionField } from '../core/schema-part.ts'
import { Topic, topicDescribed } from './topic-type.ts'

const PartitionThroughputType = objectRef<PartitionThroughput>('PartitionThroughput').implement({
  description: 'How fast one partition grows.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    messagesInPerSecond: t.exposeFloat('messagesInPerSecond', {
      description: 'New offsets per second since the previous event.',
    }),
    latestOffset: t.expose('latestOffset', {
      description:
        'The offset that the next message will get. While the partition has no leader, the last known value.',
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
        'Messages written to the topic per second, summed over its partitions. Transaction markers count too, because they use up offsets.',
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
      'How many messages per second are written to topics. At each interval the server divides the growth of their offsets by the measured time. Never negative; after a topic is created again, counting starts again. Ends with TOPIC_DELETED when one of the topics is deleted.',
    type: [TopicThroughputType],
    args: {
      topics: t.arg.stringList({
        required: true,
        description: 'The topics, which must exist. Events list them sorted by name.',
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
