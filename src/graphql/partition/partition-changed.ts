import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { subscriptionField } from '../core/schema-part.ts'
import { PartitionChangeUnion } from './partition-change-types.ts'

/** `Subscription.partitionChanged`. */
export const partitionChangedSubscription = subscriptionField('partitionChanged', t =>
  t.field({
    description:
      'Changes of leaders and in-sync replicas, and partitions that go offline: the effects of a broker that dies or returns. There is no event until something changes. While Kafka is unreachable the subscription stays open; later it reports what has changed since. If you name topics, it ends with TOPIC_DELETED or TOPIC_RECREATED when one of them is deleted or replaced.',
    type: PartitionChangeUnion,
    args: {
      topics: t.arg.stringList({
        description:
          'Only partitions of these topics, which must exist. Default: all topics, including those created later; `topicChanged` reports their creation.',
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
