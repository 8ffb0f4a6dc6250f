import { KafkaError } from '../../kafka/kafka-error.ts'
import { changesOf } from '../change/change-source.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { subscriptionField } from '../schema-part.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'

/** `Subscription.partitionReassignment`. */
export const partitionReassignmentSubscription = subscriptionField('partitionReassignment', t =>
  t.field({
    description:
      'Replicas on the move, live: first the moves under way, then each one as it begins or goes another way. The last event of a move has no replicas to add or to remove: it is over, done or cancelled, and `replicas` is where the partition lives now; empty when it was deleted. Looked at every second: a move that begins and ends between two looks is not told.',
    type: PartitionReassignment,
    args: {
      topics: t.arg.stringList({
        description: 'Only partitions of these topics, which must be there; all when left out.',
      }),
    },
    subscribe: (_, { topics }, context) =>
      changesOf(context, async () => {
        const names = topics ? namedTopics(topics, context) : null
        for (const name of names ?? []) {
          if (await context.loaders.topic(name)) continue
          throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`, { details: { topic: name } })
        }
        return context.ports.watches.reassignments(context.call, { topics: names })
      }),
    resolve: move => move,
  }),
)
