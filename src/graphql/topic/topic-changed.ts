import { changesOf } from '../change/change-source.ts'
import { subscriptionField } from '../schema-part.ts'
import { TopicChangeUnion } from './topic-change-types.ts'
import { TopicFilter, topicMatcher } from './topic-filter.ts'

/** `Subscription.topicChanged`. */
export const topicChangedSubscription = subscriptionField('topicChanged', t =>
  t.field({
    description:
      'Topics that are created, deleted, given more partitions or other settings, whoever does it. Looked at every second, settings every five (of at most 500 topics at a time, in turn: watch fewer topics to hear of settings sooner). A topic is told as deleted when two looks in a row miss it. What changes several times between two looks is told as one change.',
    type: TopicChangeUnion,
    args: {
      filter: t.arg({
        type: TopicFilter,
        description: 'Only topics that this lets through, as they are now; all when left out.',
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
