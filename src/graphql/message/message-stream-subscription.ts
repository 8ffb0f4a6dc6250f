import type { StreamEvent } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../failures.ts'
import { IsolationLevelEnum } from '../partition/isolation-level.ts'
import { inputType, parts, subscriptionField } from '../schema-part.ts'
import { BatchInput, batchLimits } from './batch-input.ts'
import { checkSelection } from './check-selection.ts'
import { StreamEvents } from './event-source.ts'
import { MessagePosition } from './message-position.ts'
import { boundedBatches } from './selection-cost.ts'
import { MessageStreamEvent } from './stream-event-types.ts'
import { openStream } from './stream-request.ts'

const MessageStreamInput = inputType('MessageStreamInput', {
  description: 'What to stream, from where to where, and how.',
  fields: t => ({
    topics: t.stringList({ required: true, description: 'The name of the topic: exactly one.' }),
    partitions: t.intList({ description: 'Only these partitions. Left out: all, those that are added later, too.' }),
    from: t.field({ type: MessagePosition, defaultValue: { latest: true }, description: 'Where to begin.' }),
    after: t.field({
      type: 'Cursor',
      description:
        'Goes on after the event with this cursor; counts more than `from`. Null: begins at `from`. While Kafka is away, a subscription that resumes waits for it; a new one waits for a limited time and then fails with KAFKA_UNAVAILABLE, whose `retriable` is true. Over SSE the header `Last-Event-ID` counts more: `EventSource` resumes by itself.',
    }),
    to: t.field({
      type: MessagePosition,
      description:
        'Where to end: the subscription completes when every partition has come there. Left out: it goes on for ever.',
    }),
    isolationLevel: t.field({
      type: IsolationLevelEnum,
      defaultValue: 'READ_COMMITTED',
      description: 'Whether messages of open and aborted transactions are seen.',
    }),
    batch: t.field({ type: BatchInput, description: 'How large batches may grow.' }),
  }),
})

const onlyTopic = (topics: readonly string[]): string => {
  const [topic] = topics
  if (topic !== undefined && topics.length === 1) return topic
  throw badInput('input.topics', `takes exactly one topic, this request has ${topics.length}: subscribe once for each.`)
}

const messageStreamSubscription = subscriptionField('messageStream', t =>
  t.field({
    description:
      'The messages of a topic in batches, the quick way to read many, with events about the stream itself: caught up, a gap, progress. Every event has a cursor to go on from. Where messages were deleted before they could be delivered, a StreamGap says so and the stream goes on; it ends with an error when the topic is deleted.',
    type: MessageStreamEvent,
    args: { input: t.arg({ type: MessageStreamInput, required: true, description: 'What to stream.' }) },
    subscribe: async (_, { input }, context, info): Promise<AsyncIterable<StreamEvent>> => {
      const cost = checkSelection('messageStream', info)
      const manner = {
        prefix: 'input.',
        limits: boundedBatches(batchLimits(input.batch, context.limits.batch), cost),
        onGap: 'report' as const,
      }
      const stream = await openStream(onlyTopic(input.topics), input, manner, context)
      return new StreamEvents(stream, context)
    },
    resolve: event => event,
  }),
)

/** What this file adds to a schema. */
export const messageStreamSubscriptionParts = parts(MessageStreamInput, messageStreamSubscription)
