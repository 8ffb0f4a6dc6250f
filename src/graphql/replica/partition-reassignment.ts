import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { changesOf } from '../change/change-source.ts'
import { namedTopics } from '../change/watched-topics.ts'
import { subscriptionField } from '../core/schema-part.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'

/** `Subscription.partitionReassignment`. */
export const partitionReassignmentSubscription = subscriptionField('partitionReassignment', t =>
  t.field({
    description:
      'Moves of replicas, live: first the moves in progress, then each one that starts or changes. The last event of a move has no replicas to add or remove: the move has completed or was cancelled. Its `replicas` are the partition’s final ones, or empty if the partition was deleted. The server polls every second; a move that starts and ends between two polls is not reported.',
    type: PartitionReassignment,
    args: {
      topics: t.arg.stringList({
        description: 'Only partitions of these topics, which must exist. Default: all.',
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
