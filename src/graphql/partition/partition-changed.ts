import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { subscriptionField } from '../schema-part.ts'
import { PartitionChangeUnion } from './partition-change-types.ts'

/** `Subscription.partitionChanged`. */
export const partitionChangedSubscription = subscriptionField('partitionChanged', t =>
  t.field({
    description:
      'Leaders, in-sync replicas and partitions that go offline, as they change: what happens when a broker dies or returns. Nothing is told until something changes. While Kafka does not answer the subscription stays open, and goes on with what has changed meanwhile. With topics named it ends with TOPIC_DELETED or TOPIC_RECREATED when one of them goes.',
    type: PartitionChangeUnion,
    args: {
      topics: t.arg.stringList({
        description:
          'Only partitions of these topics, which must be there. Left out: of all topics, those that are created later, too; that they were created, `topicChanged` tells.',
      }),
      interval: intervalArgument(t.arg, 1000),
    },
    subscribe: (_, { topics, interval }, context) =>
      changesOf(context, () =>
        context.ports.watches.partitionChanges(context.call, {
          topics: topics ? namedTopics(topics, context) : null,
          intervalMs: intervalOf(interval, 1000, context),
        }),
      ),
    resolve: change => change,
  }),
)
