import { changesOf } from '../change/change-source.ts'
import { subscriptionField } from '../core/schema-part.ts'
import { TopicChangeUnion } from './topic-change-types.ts'
import { TopicFilter, topicMatcher } from './topic-filter.ts'

/** `Subscription.topicChanged`. */
export const topicChangedSubscription = subscriptionField('topicChanged', t =>
  t.field({
    description:
      'Changes of topics: creation, deletion, new partitions and new settings, by any client. The server polls topics every second, and settings every five seconds for at most 500 topics in turn. To get changes of settings sooner, watch fewer topics. A topic counts as deleted once two polls in a row miss it. Several changes between two polls arrive as one.',
    type: TopicChangeUnion,
    args: {
      filter: t.arg({
        type: TopicFilter,
        description: 'Only topics that match this filter in their current state. Default: all.',
      }),
    },
    subscribe: (_, { filter }, context) => {
      const { matches } = topicMatcher(filter)
      return changesOf(context, () =>
        context.ports.watches.topicChanges(context.call, { matches, key: JSON.stringify(filter ?? {}) }),
      )
    },
    resolve: change => change,
  }),
)
