import { setTimeout as sleep } from 'node:timers/promises'
import { KafkaError } from '../../kafka/kafka-error.ts'
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

/** What passes when a broker, a leader or Kafka as a whole comes back. */
const isAway = (thrown: unknown): boolean => thrown instanceof KafkaError && thrown.retriable && !STAYS.has(thrown.code)

/** A topic that is not there is told, although Kafka calls that retriable. */
const STAYS: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'CLOSED', 'BUSY'])

/** Between two attempts, ms. */
const AGAIN_MS = 500

/**
 * A stream that goes on after a cursor: while Kafka is away it waits as a running one does. A client whose connection broke with
 * Kafka's would take an error for the end of its subscription. @throws KafkaError for what does not pass; the signal's reason.
 */
const resumed = async (request: StreamRequest, context: GraphQLContext): Promise<MessageStream> => {
  for (;;) {
    try {
      return await context.streams.open(request)
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown
    }
    await sleep(AGAIN_MS, undefined, context.signal ? { signal: context.signal } : {})
  }
}

/**
 * Opens a stream before anything is answered, so that an unknown topic or a position outside of the log is the operation's
 * own error. @throws GraphQLError
 */
export const openStream = (
  topic: string,
  { partitions, from, after, to, isolationLevel }: StreamArguments,
  { prefix, limits, onGap }: StreamManner,
  context: GraphQLContext,
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
    const isResumed = request.after !== null || request.from.kind === 'cursor'
    return isResumed ? resumed(request, context) : context.streams.open(request)
  })
