import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import { uninterrupted } from '../../../kafka/ports/call.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput } from '../../core/errors/failures.ts'
import { settleAll } from '../../core/outcomes/outcomes.ts'
import { mutationField } from '../../core/schema-part.ts'
import { checkPartitions } from '../../partition/message-position.ts'
import { type OffsetChange, offsetChange, orRefusal } from './change-offsets.ts'
import { GroupOffsetsPayload } from './group-offsets-payload.ts'
import { readGroupSnapshot } from './group-snapshot.ts'

interface DeleteArguments {
  readonly groupId: string
  readonly topic: string
  readonly partitions?: readonly number[] | null | undefined
}

const deletedOf = (outcome: Outcome<TopicPartition>): KafkaError | null => (isFailure(outcome) ? outcome : null)

const carryOut = async (given: DeleteArguments, context: GraphQLContext): Promise<OffsetChange> => {
  const { groupId, partitions } = given
  const topic = toTopicName(given.topic)
  const snapshot = await readGroupSnapshot(groupId, false, context)
  if (snapshot.group.kind === 'ShareGroup') {
    throw new KafkaError(
      'GROUP_ID_NOT_FOUND',
      `Group ${groupId} is a share group: Kafka stores no committed offsets for it.`,
    )
  }
  const committed = [...snapshot.committed.values()]
    .filter(one => one.topic === topic)
    .map(({ partition }) => partition)
  const chosen = (partitions ?? committed).map(partition => ({ topic, partition }))
  if (chosen.length === 0) {
    throw new KafkaError(
      'UNKNOWN_TOPIC_OR_PARTITION',
      `There are no committed offsets of ${groupWords(groupId)} in ${topic}.`,
    )
  }
  const outcomes = await settleAll(chosen, {
    prepare: one => one,
    send: wanted => context.ports.groupAdmin.deleteOffsets(uninterrupted(context.call), groupId, wanted),
  })
  return offsetChange(snapshot, chosen, outcomes.map(deletedOf), index =>
    partitions ? ['partitions', String(index)] : ['topic'],
  )
}

/** `Mutation.deleteConsumerGroupOffsets`. */
export const deleteConsumerGroupOffsetsMutation = mutationField('deleteConsumerGroupOffsets', t =>
  t.field({
    description:
      'Deletes the offsets that a group has committed in a topic, as `kafka-consumer-groups --delete-offsets` does. Its consumers then start there as their `auto.offset.reset` says. Kafka refuses this with GROUP_SUBSCRIBED_TO_TOPIC while a member reads the topic; members that read only other topics do not matter.',
    type: GroupOffsetsPayload,
    args: {
      groupId: t.arg.string({ required: true, description: 'The id of the group.' }),
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList({
        description:
          'Only these partitions; those without a commit are skipped. Default: all partitions in which the group has committed offsets.',
      }),
    },
    resolve: async (_, given, context) => {
      const { partitions } = given
      const { max } = context.limits.page
      if (partitions) {
        if (partitions.length === 0) throw badInput('partitions', 'is empty: leave it out to choose all partitions.')
        if (partitions.length > max) {
          throw badInput('partitions', `takes at most ${max} partitions, this request has ${partitions.length}.`)
        }
        checkPartitions('partitions', partitions)
      }
      const change = await orRefusal(() => carryOut(given, context))
      context.loaders.forget()
      return change
    },
  }),
)
