import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { NewCommittedOffset } from '../../../kafka/groups.ts'
import { toOffset } from '../../../kafka/offset.ts'
import { checkText } from '../../../kafka/text.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput } from '../../core/errors/failures.ts'
import { refuseDuplicates, settleAll } from '../../core/outcomes/outcomes.ts'
import { inputType, mutationField, parts } from '../../core/schema-part.ts'
import { commitOffsets, type OffsetChange, offsetChange, orRefusal } from './change-offsets.ts'
import { GroupOffsetsPayload } from './group-offsets-payload.ts'
import { readGroupSnapshot } from './group-snapshot.ts'
import { describeTopics, partitionFacts } from './partition-facts.ts'
import { offsetWithin } from './reset-target.ts'

const GroupOffsetInput = inputType('GroupOffsetInput', {
  description: 'An offset to commit for a group.',
  fields: t => ({
    topic: t.string({ required: true, description: 'The name of the topic.' }),
    partition: t.int({ required: true, description: 'The number of the partition, counted from 0.' }),
    offset: t.field({
      type: 'Long',
      required: true,
      description:
        'The offset of the next message that the group will read. It can be anything from the partition’s earliest offset to its latest one, which is the end.',
    }),
    metadata: t.string({
      defaultValue: '',
      description: 'Any text to store with the offset. Consumers rarely use it.',
    }),
  }),
})

interface AlterArguments {
  readonly groupId: string
  readonly offsets: readonly OffsetInput[]
  readonly dryRun?: boolean | null | undefined
  readonly createGroup?: boolean | null | undefined
}

type OffsetInput = typeof GroupOffsetInput.$inferInput

const nameOf = ({ topic, partition }: OffsetInput): string => `partition ${partition} of ${topic}`

const namedOnce = (inputs: readonly OffsetInput[]): Promise<readonly Outcome<TopicPartition>[]> => {
  const check = refuseDuplicates(inputs.map(nameOf))
  return settleAll(inputs, {
    prepare: input => {
      check(nameOf(input))
      return { topic: toTopicName(input.topic), partition: input.partition }
    },
    send: async partitions => partitions,
  })
}

const carryOut = async (given: AlterArguments, context: GraphQLContext): Promise<OffsetChange> => {
  const { groupId, offsets: inputs, dryRun, createGroup } = given
  const chosen = await namedOnce(inputs)
  const names = chosen.flatMap(one => (isFailure(one) ? [] : [one.topic]))
  const [snapshot, topics] = await Promise.all([
    readGroupSnapshot(groupId, createGroup ?? true, context),
    describeTopics(names, context),
  ])
  const facts = await partitionFacts(chosen, { topics, timestamp: null, snapshot }, context)
  const outcomes = await settleAll(inputs, {
    prepare: ({ offset, metadata }, index): NewCommittedOffset => {
      const found = facts[index]
      if (found === undefined || isFailure(found)) throw found ?? new KafkaError('UNKNOWN_SERVER_ERROR')
      checkText('metadata', metadata ?? '')
      const { topic, partition } = found
      const checked = offsetWithin(toOffset(offset), found)
      return { topic, partition, offset: checked, leaderEpoch: null, metadata: metadata ?? '' }
    },
    send: offsets => commitOffsets(snapshot, offsets, dryRun ?? false, context),
  })
  return offsetChange(snapshot, chosen, outcomes, index => ['offsets', String(index)])
}

const alterConsumerGroupOffsetsMutation = mutationField('alterConsumerGroupOffsets', t =>
  t.field({
    description:
      'Commits offsets for a group from outside, as `Admin.alterConsumerGroupOffsets` does. You give the exact offsets, in any number of topics. Kafka allows this only while the group has no members; otherwise it answers UNKNOWN_MEMBER_ID and nothing changes. Each offset succeeds or fails separately; one outside the log is refused with OFFSET_OUT_OF_RANGE.',
    type: GroupOffsetsPayload,
    args: {
      groupId: t.arg.string({ required: true, description: 'The id of the group.' }),
      offsets: t.arg({ type: [GroupOffsetInput], required: true, description: 'The offsets to commit.' }),
      dryRun: t.arg.boolean({
        defaultValue: false,
        description: 'Only report what would be done and what would be refused; change nothing.',
      }),
      createGroup: t.arg.boolean({
        defaultValue: true,
        description:
          'Create the group with these offsets if it does not exist, for consumers that start later. This is what Kafka does. False: a missing group is refused with GROUP_ID_NOT_FOUND.',
      }),
    },
    resolve: async (_, given, context) => {
      const { max } = context.limits.page
      const count = given.offsets.length
      if (count > max) throw badInput('offsets', `takes at most ${max} offsets, this request has ${count}.`)
      const change = await orRefusal(() => carryOut(given, context))
      context.loaders.forget()
      return change
    },
  }),
)

/** What this file adds to a schema. */
export const alterGroupOffsetsParts = parts(GroupOffsetInput, alterConsumerGroupOffsetsMutation)
