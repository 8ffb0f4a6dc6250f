import type { IsolationLevel } from '../../kafka/message.ts'
import type { BatchLimits, MessageStream, StreamRequest } from '../../kafka/message-streams.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput, translating } from '../failures.ts'
import { checkPartitions, type MessagePositionInput, streamPosition } from './message-position.ts'

/** What both subscriptions are asked for. */
export interface StreamArguments {
  readonly partitions?: readonly number[] | null | undefined
  readonly from?: MessagePositionInput | null | undefined
  readonly after?: string | null | undefined
  readonly to?: MessagePositionInput | null | undefined
  readonly isolationLevel?: IsolationLevel | null | undefined
}

/** How a subscription is served. */
export interface StreamManner {
  /** Where the arguments stand in the request, for messages about them: "" or "input.". */
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

/**
 * Opens a stream before anything is answered, so that an unknown topic or a position outside of the log is the operation's
 * own error. @throws GraphQLError
 */
export const openStream = (
  topic: string,
  { partitions, from, after, to, isolationLevel }: StreamArguments,
  { prefix, limits, onGap }: StreamManner,
  { streams }: GraphQLContext,
): Promise<MessageStream> =>
  translating(async () => {
    const request: StreamRequest = {
      topic: toTopicName(topic),
      partitions: chosenPartitions(`${prefix}partitions`, partitions),
      from: from ? streamPosition(`${prefix}from`, from) : { kind: 'latest' },
      after: after ?? null,
      to: to ? streamPosition(`${prefix}to`, to) : null,
      isolationLevel: isolationLevel ?? 'READ_COMMITTED',
      limits,
      onGap,
    }
    return streams.open(request)
  })
