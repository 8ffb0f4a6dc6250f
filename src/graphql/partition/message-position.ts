import { toOffset } from '../../kafka/offset.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../core/errors/failures.ts'
import { inputType, parts } from '../core/schema-part.ts'

const PartitionOffsetInput = inputType('PartitionOffsetInput', {
  description: 'An offset in one partition.',
  fields: t => ({
    partition: t.int({ required: true, description: 'The number of the partition.' }),
    offset: t.field({ type: 'Long', required: true, description: 'The offset to start from.' }),
  }),
})

export const MessagePosition = inputType('MessagePosition', {
  isOneOf: true,
  description: 'A position in every partition of the subscription, given in exactly one of these ways.',
  fields: t => ({
    earliest: t.boolean({
      description: 'True: start at the first message that is still stored, as `--from-beginning` does.',
    }),
    latest: t.boolean({ description: 'True: start at the end and read only new messages.' }),
    lastPerPartition: t.int({
      description: 'Start this many offsets before the end of each partition, to show the newest messages at once.',
    }),
    timestamp: t.field({
      type: 'DateTime',
      description: 'Start at the first message at or after this time, in each partition.',
    }),
    ago: t.field({
      type: 'Duration',
      description: 'Start at the first message that is at most this old: "PT15M" means a quarter of an hour.',
    }),
    offset: t.field({
      type: 'Long',
      description: 'Start at the same offset in every partition. Use it for a single partition.',
    }),
    offsets: t.field({
      type: [PartitionOffsetInput],
      description: 'Start at one offset per partition. Partitions that are not listed are not read.',
    }),
    cursor: t.field({ type: 'Cursor', description: 'Start right after the message with this cursor.' }),
  }),
})

export type MessagePositionInput = typeof MessagePosition.$inferInput

type OffsetsInput = NonNullable<MessagePositionInput['offsets']>

const checkTrue = (argument: string, value: boolean): void => {
  if (!value) throw badInput(argument, 'accepts only true: use another field for the position.')
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

/** Checks that partitions are numbers from 0, each listed once. @throws GraphQLError BAD_USER_INPUT otherwise. */
export const checkPartitions = (argument: string, partitions: readonly number[]): void => {
  const negative = partitions.find(partition => partition < 0)
  if (negative !== undefined) throw badInput(argument, `names partition ${negative}: they are numbered from 0.`)
  const named = new Set<number>()
  for (const partition of partitions) {
    if (named.has(partition)) throw badInput(argument, `names partition ${partition} twice: name each once.`)
    named.add(partition)
  }
}

/** No message is older than 1970, and negative times have a special meaning in Kafka: -1 is the end of the log. */
const sinceTime = (epochMs: number): StreamPosition => ({ kind: 'timestamp', timestamp: Math.max(0, epochMs) })

/** The position for an argument. @throws GraphQLError BAD_USER_INPUT that describes the problem. */
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
