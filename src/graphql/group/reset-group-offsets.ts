import type { NewCommittedOffset } from '../../kafka/groups.ts'
import { isFailure, KafkaError } from '../../kafka/kafka-error.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../failures.ts'
import {
  checkPartitions,
  MessagePosition,
  type MessagePositionInput,
  streamPosition,
} from '../message/message-position.ts'
import { settleAll } from '../outcomes.ts'
import { mutationField } from '../schema-part.ts'
import { commitOffsets, type OffsetChange, offsetChange, orRefusal, type PathOf } from './change-offsets.ts'
import { GroupOffsetsPayload } from './group-offsets-payload.ts'
import { groupStanding } from './group-standing.ts'
import { describeTopics, partitionFacts } from './partition-facts.ts'
import { type ResetTarget, resetTarget } from './reset-target.ts'

interface ResetArguments {
  readonly groupId: string
  readonly topic: string
  readonly partitions?: readonly number[] | null | undefined
  readonly to?: MessagePositionInput | null | undefined
  readonly shiftBy?: bigint | null | undefined
  readonly dryRun?: boolean | null | undefined
  readonly createGroup?: boolean | null | undefined
}

/** Where the offsets shall go, as it was asked for. */
type Destination = StreamPosition | Extract<ResetTarget, { readonly kind: 'shift' }>

/** What to do, once the arguments make sense. */
interface Reset {
  readonly to: Destination
  /** Null: all of the topic. */
  readonly partitions: readonly number[] | null
  readonly pathOf: PathOf
}

const destinationOf = ({ to, shiftBy }: ResetArguments): Destination => {
  if (to && typeof shiftBy === 'bigint') throw badInput('shiftBy', 'cannot be given together with to: choose one.')
  if (typeof shiftBy === 'bigint') return { kind: 'shift', by: shiftBy }
  if (!to) throw badInput('to', 'is missing: say where the offsets shall go, or give shiftBy.')
  return streamPosition('to', to)
}

const checkCount = (argument: string, count: number, max: number): void => {
  if (count > max) throw badInput(argument, `takes at most ${max} partitions, this request has ${count}.`)
}

/** @throws GraphQLError BAD_USER_INPUT for arguments that contradict each other or themselves. */
const resetOf = (given: ResetArguments, max: number): Reset => {
  const to = destinationOf(given)
  const { partitions = null } = given
  if (to.kind === 'offsets') {
    if (partitions) throw badInput('partitions', 'cannot be given together with to.offsets, which names partitions.')
    checkCount('to.offsets', to.offsets.length, max)
    const listed = to.offsets.map(({ partition }) => partition)
    return { to, partitions: listed, pathOf: index => ['to', 'offsets', String(index)] }
  }
  if (partitions) {
    if (partitions.length === 0) throw badInput('partitions', 'is empty: leave it out to choose all partitions.')
    checkCount('partitions', partitions.length, max)
    checkPartitions('partitions', partitions)
    return { to, partitions, pathOf: index => ['partitions', String(index)] }
  }
  if (to.kind === 'cursor') return { to, partitions, pathOf: () => ['to', 'cursor'] }
  const blamed = (error: KafkaError): readonly string[] => {
    if (error.code === 'OFFSET_OUT_OF_RANGE') return ['to', 'offset']
    return error.code === 'INVALID_REQUEST' ? ['shiftBy'] : ['topic']
  }
  return { to, partitions, pathOf: (_, error) => blamed(error) }
}

/** A position that needs no cursor: streams know what theirs mean. */
const targetOf = async (
  { to, partitions }: Reset,
  topic: TopicName,
  { ports, call }: GraphQLContext,
): Promise<ResetTarget> => {
  if (to.kind !== 'cursor') return to
  const offsets = await ports.streams.offsetsAfter(call, { topic, partitions, cursor: to.cursor })
  return { kind: 'offsets', offsets }
}

const carryOut = async (given: ResetArguments, reset: Reset, context: GraphQLContext): Promise<OffsetChange> => {
  const name = toTopicName(given.topic)
  const [standing, topics] = await Promise.all([
    groupStanding(given.groupId, given.createGroup ?? false, context),
    describeTopics([name], context),
  ])
  const topic = topics.get(name)
  if (topic === undefined || isFailure(topic)) throw topic ?? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
  const target = await targetOf(reset, name, context)
  const partitions = reset.partitions ?? topic.partitions.map(({ partition }) => partition)
  const chosen = partitions.map(partition => ({ topic: name, partition }))
  const timestamp = target.kind === 'timestamp' ? target.timestamp : null
  const facts = await partitionFacts(chosen, { topics, timestamp, standing }, context)
  const outcomes = await settleAll(facts, {
    prepare: (found): NewCommittedOffset => {
      if (isFailure(found)) throw found
      const { partition } = found
      return { topic: name, partition, offset: resetTarget(target, found), leaderEpoch: null, metadata: '' }
    },
    send: offsets => commitOffsets(standing, offsets, given.dryRun ?? false, context),
  })
  return offsetChange(standing, chosen, outcomes, reset.pathOf)
}

/** `Mutation.resetConsumerGroupOffsets`. */
export const resetConsumerGroupOffsetsMutation = mutationField('resetConsumerGroupOffsets', t =>
  t.field({
    description:
      'Sets where a group reads on in a topic, as `kafka-consumer-groups --reset-offsets` does. Kafka allows it only while the group has no members: it answers UNKNOWN_MEMBER_ID otherwise, NON_EMPTY_GROUP for a share group, and nothing changes. For a share group it sets where the group starts. Each partition is set or refused by itself: OFFSET_OUT_OF_RANGE for an offset that the log does not have, which Kafka’s tool would move into the log; `errors` tells the range. Positions that are relative end at the ends of the log.',
    type: GroupOffsetsPayload,
    args: {
      groupId: t.arg.string({ required: true, description: 'The id of the group.' }),
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList({
        description: 'Only these partitions. Left out: all that the topic has, or those that `to.offsets` names.',
      }),
      to: t.arg({
        type: MessagePosition,
        description:
          'Where the group shall read on. A moment after the last message is the end. Either this or `shiftBy`.',
      }),
      shiftBy: t.arg({
        type: 'Long',
        description:
          'Moves each committed offset by so many, forwards, or backwards when negative, up to the ends of the log, as `--shift-by` does. A partition without a commit is refused with INVALID_REQUEST. Either this or `to`.',
      }),
      dryRun: t.arg.boolean({
        defaultValue: false,
        description: 'Only tells what would be done and what would be refused; nothing changes.',
      }),
      createGroup: t.arg.boolean({
        defaultValue: false,
        description:
          'Whether a group that does not exist is made with these offsets, for consumers that are yet to come, as Kafka’s tool does. Otherwise such a group is refused with GROUP_ID_NOT_FOUND, so that a misspelt id leaves nothing behind.',
      }),
    },
    resolve: async (_, given, context) => {
      const reset = resetOf(given, context.limits.page.max)
      const change = await orRefusal(() => carryOut(given, reset, context))
      context.loaders.forget()
      return change
    },
  }),
)
