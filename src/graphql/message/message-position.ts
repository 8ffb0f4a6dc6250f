import { toOffset } from '../../kafka/offset.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../failures.ts'
import { inputType, parts } from '../schema-part.ts'

const PartitionOffsetInput = inputType('PartitionOffsetInput', {
  description: 'An offset in one partition.',
  fields: t => ({
    partition: t.int({ required: true, description: 'The number of the partition.' }),
    offset: t.field({ type: 'Long', required: true, description: 'The offset of the message to begin with.' }),
  }),
})

/** A place in every partition that is read. */
export const MessagePosition = inputType('MessagePosition', {
  isOneOf: true,
  description: 'A place in every partition that is read, given in exactly one of these ways.',
  fields: t => ({
    earliest: t.boolean({ description: 'True: the first message that is still stored, as `--from-beginning` does.' }),
    latest: t.boolean({ description: 'True: the end, so that only what is written from now on is read.' }),
    lastPerPartition: t.int({
      description: 'The last so many offsets of each partition, to show the newest messages at once.',
    }),
    timestamp: t.field({
      type: 'DateTime',
      description: 'The first message at or after this moment, in each partition.',
    }),
    ago: t.field({
      type: 'Duration',
      description: 'The first message at or after so long ago: "PT15M" is a quarter of an hour.',
    }),
    offset: t.field({
      type: 'Long',
      description: 'The same offset in every partition: for topics or selections of one partition.',
    }),
    offsets: t.field({
      type: [PartitionOffsetInput],
      description: 'An offset for each partition; partitions that are not listed are not read.',
    }),
    cursor: t.field({ type: 'Cursor', description: 'Right after the message with this cursor.' }),
  }),
})

/** The input as resolvers get it. */
export type MessagePositionInput = typeof MessagePosition.$inferInput

type OffsetsInput = NonNullable<MessagePositionInput['offsets']>

const checkTrue = (argument: string, value: boolean): void => {
  if (!value) throw badInput(argument, 'takes only true: choose another way to give the position.')
}

const offsetsPosition = (argument: string, offsets: OffsetsInput): StreamPosition => {
  if (offsets.length === 0) throw badInput(argument, 'is empty: list at least one partition with its offset.')
  checkPartitions(
    argument,
    offsets.map(({ partition }) => partition),
  )
  return {
    kind: 'offsets',
    offsets: offsets.map(({ partition, offset }) => ({ partition, offset: toOffset(offset) })),
  }
}

/** Partitions are numbers from 0, each named once. @throws GraphQLError BAD_USER_INPUT otherwise. */
export const checkPartitions = (argument: string, partitions: readonly number[]): void => {
  const negative = partitions.find(partition => partition < 0)
  if (negative !== undefined) throw badInput(argument, `names partition ${negative}: they are numbered from 0.`)
  const named = new Set<number>()
  for (const partition of partitions) {
    if (named.has(partition)) throw badInput(argument, `names partition ${partition} twice: name each once.`)
    named.add(partition)
  }
}

/** No message is older than 1970, and to Kafka negative times mean something else: -1 is the end of the log. */
const sinceTime = (epochMs: number): StreamPosition => ({ kind: 'timestamp', timestamp: Math.max(0, epochMs) })

/** The position that an argument stands for. @throws GraphQLError BAD_USER_INPUT that says what is wrong with it. */
export const streamPosition = (argument: string, input: MessagePositionInput): StreamPosition => {
  if (typeof input.earliest === 'boolean') {
    checkTrue(`${argument}.earliest`, input.earliest)
    return { kind: 'earliest' }
  }
  if (typeof input.lastPerPartition === 'number') {
    if (input.lastPerPartition >= 0) return { kind: 'lastPerPartition', count: input.lastPerPartition }
    throw badInput(`${argument}.lastPerPartition`, `cannot be negative, and is ${input.lastPerPartition}.`)
  }
  if (typeof input.timestamp === 'number') return sinceTime(input.timestamp)
  if (typeof input.ago === 'number') return sinceTime(Date.now() - input.ago)
  if (typeof input.offset === 'bigint') return { kind: 'offset', offset: toOffset(input.offset) }
  if (input.offsets) return offsetsPosition(`${argument}.offsets`, input.offsets)
  if (typeof input.cursor === 'string') return { kind: 'cursor', cursor: input.cursor }
  checkTrue(`${argument}.latest`, input.latest ?? true)
  return { kind: 'latest' }
}

/** What this file adds to a schema. */
export const messagePositionParts = parts(PartitionOffsetInput, MessagePosition)
