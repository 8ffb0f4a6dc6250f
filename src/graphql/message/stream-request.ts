import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { BatchLimits, MessageStream, StreamRequest } from '../../kafka/ports/message-streams.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput, translating } from '../core/errors/failures.ts'
import { openWhenThere } from '../core/open-when-there.ts'
import { checkPartitions, streamPosition } from '../partition/message-position.ts'
import type { StreamArguments } from './stream-arguments.ts'

/** How to serve a subscription. */
export interface StreamSettings {
  /** The prefix of the arguments in the request, for error messages: "" or "input.". */
  readonly prefix: string
  readonly limits: BatchLimits
  readonly onGap: StreamRequest['onGap']
}

const chosenPartitions = (argument: string, partitions: readonly number[] | null | undefined) => {
  if (!partitions) return null
  if (partitions.length === 0) throw badInput(argument, 'is empty: leave it out to read all partitions.')
  checkPartitions(argument, partitions)
  return partitions
}

/** Names the header in a refused cursor's error: the author of an EventSource page never wrote a cursor. */
const aboutHeader = (thrown: unknown): unknown =>
  thrown instanceof KafkaError && thrown.code === 'INVALID_CURSOR'
    ? new KafkaError('INVALID_CURSOR', `Header Last-Event-ID: ${thrown.message}`, { cause: thrown })
    : thrown

/**
 * Opens the stream and waits while Kafka is unreachable. A stream that resumes from a cursor waits without a time
 * limit: it worked before, and the outage may have cut its connection.
 */
const opened = async (request: StreamRequest, context: GraphQLContext): Promise<MessageStream> => {
  const isResumed = request.after !== null || request.from.kind === 'cursor'
  const open = (): Promise<MessageStream> => context.ports.streams.open(context.call, request)
  try {
    return await (isResumed ? openWhenThere(context, open, Number.POSITIVE_INFINITY) : openWhenThere(context, open))
  } catch (thrown) {
    throw context.resumeAfter === undefined ? thrown : aboutHeader(thrown)
  }
}

/**
 * Opens a stream before the response starts, so that an unknown topic or a position outside the log fails the operation
 * itself.
 * @throws GraphQLError
 */
export const openStream = (
  topic: string,
  { partitions, from, after, to, isolationLevel }: StreamArguments,
  { prefix, limits, onGap }: StreamSettings,
  context: GraphQLContext,
): Promise<MessageStream> =>
  translating(async () => {
    const request: StreamRequest = {
      topic: toTopicName(topic),
      partitions: chosenPartitions(`${prefix}partitions`, partitions),
      from: from ? streamPosition(`${prefix}from`, from) : { kind: 'latest' },
      after: context.resumeAfter ?? after ?? null,
      to: to ? streamPosition(`${prefix}to`, to) : null,
      isolationLevel: isolationLevel ?? 'READ_COMMITTED',
      limits,
      onGap,
    }
    return opened(request, context)
  })
