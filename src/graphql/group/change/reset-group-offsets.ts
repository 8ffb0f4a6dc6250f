import { isFailure, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { NewCommittedOffset } from '../../../kafka/groups.ts'
import type { StreamPosition } from '../../../kafka/ports/message-streams.ts'
import { type TopicName, toTopicName } from '../../../kafka/topic-name.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput } from '../../core/errors/failures.ts'
import { settleAll } from '../../core/outcomes/outcomes.ts'
import { mutationField } from '../../core/schema-part.ts'
import {
  checkPartitions,
  MessagePosition,
  type MessagePositionInput,
  streamPosition,
} from '../../partition/message-position.ts'
import { commitOffsets, type OffsetChange, offsetChange, orRefusal, type PathOf } from './change-offsets.ts'
import { GroupOffsetsPayload } from './group-offsets-payload.ts'
import { readGroupSnapshot } from './group-snapshot.ts'
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

/** The new position of the offsets, as the client gave it. */
type Destination = StreamPosition | Extract<ResetTarget, { readonly kind: 'shift' }>

/** The reset to do, from valid arguments. */
interface Reset {
  readonly to: Destination
  /** Null: all partitions of the topic. */
  readonly partitions: readonly number[] | null
  readonly pathOf: PathOf
}

const destinationOf = ({ to, shiftBy }: ResetArguments): Destination => {
  if (to && typeof shiftBy === 'bigint') throw badInput('shiftBy', 'cannot be given together with to: choose one.')
  if (typeof shiftBy === 'bigint') return { kind: 'shift', by: shiftBy }
  if (!to) throw badInput('to', 'is missing: give the position to set, or give shiftBy.')
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

/** Resolves a position to one without a cursor; the streams port reads cursors. */
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
  const [snapshot, topics] = await Promise.all([
    readGroupSnapshot(given.groupId, given.createGroup ?? false, context),
    describeTopics([name], context),
  ])
  const topic = topics.get(name)
  if (topic === undefined || isFailure(topic)) throw topic ?? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
  const target = await targetOf(reset, name, context)
  const partitions = reset.partitions ?? topic.partitions.map(({ partition }) => partition)
  const chosen = partitions.map(partition => ({ topic: name, partition }))
  const timestamp = target.kind === 'timestamp' ? target.timestamp : null
  const facts = await partitionFacts(chosen, { topics, timestamp, snapshot }, context)
  const outcomes = await settleAll(facts, {
    prepare: (found): NewCommittedOffset => {
      if (isFailure(found)) throw found
      const { partition } = found
      return { topic: name, partition, offset: resetTarget(target, found), leaderEpoch: null, metadata: '' }
    },
    send: offsets => commitOffsets(snapshot, offsets, given.dryRun ?? false, context),
  })
  return offsetChange(snapshot, chosen, outcomes, reset.pathOf)
}

/** `Mutation.resetConsumerGroupOffsets`. */
export const resetConsumerGroupOffsetsMutation = mutationField('resetConsumerGroupOffsets', t =>
  t.field({
    description:
      'Sets where a group continues to read in a topic, as `kafka-consumer-groups --reset-offsets` does. For a share group it sets the start. Kafka allows this only while the group has no members; otherwise it answers UNKNOWN_MEMBER_ID (NON_EMPTY_GROUP for a share group) and nothing changes. Each partition succeeds or fails separately: an offset outside the log gets OFFSET_OUT_OF_RANGE, and `errors` contains the valid range. (Kafka’s tool would move it into the log.) Relative positions stop at the ends of the log.',
    type: GroupOffsetsPayload,
    args: {
      groupId: t.arg.string({ required: true, description: 'The id of the group.' }),
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList({
        description: 'Only these partitions. Default: all of the topic, or those that `to.offsets` lists.',
      }),
      to: t.arg({
        type: MessagePosition,
        description: 'The new position. A time after the last message means the end. Give either this or `shiftBy`.',
      }),
      shiftBy: t.arg({
        type: 'Long',
        description:
          'Move each committed offset by this number, as `--shift-by` does: forwards, or backwards if it is negative, up to the ends of the log. A partition without a commit is refused with INVALID_REQUEST. Give either this or `to`.',
      }),
      dryRun: t.arg.boolean({
        defaultValue: false,
        description: 'Only report what would be done and what would be refused; change nothing.',
      }),
      createGroup: t.arg.boolean({
        defaultValue: false,
        description:
          'Create the group with these offsets if it does not exist, for consumers that start later, as Kafka’s tool does. Otherwise a missing group is refused with GROUP_ID_NOT_FOUND, so that a misspelt id creates no group.',
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
