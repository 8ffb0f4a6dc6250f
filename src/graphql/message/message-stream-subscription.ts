import type { StreamEvent } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../core/errors/failures.ts'
import { inputType, parts, subscriptionField } from '../core/schema-part.ts'
import { BatchInput, batchLimits } from './batch-input.ts'
import { checkSelection } from './check-selection.ts'
import { StreamEvents } from './event-source.ts'
import { boundedBatches } from './selection-cost.ts'
import { streamArguments } from './stream-arguments.ts'
import { MessageStreamEvent } from './stream-event-types.ts'
import { openStream } from './stream-request.ts'

const streamed = streamArguments('event')

const MessageStreamInput = inputType('MessageStreamInput', {
  description: 'The topic to stream, the start and end positions, and the batch limits.',
  fields: t => ({
    topics: t.stringList({ required: true, description: 'The name of the topic: exactly one.' }),
    partitions: t.intList(streamed.partitions),
    from: t.field(streamed.from),
    after: t.field(streamed.after),
    to: t.field(streamed.to),
    isolationLevel: t.field(streamed.isolationLevel),
    batch: t.field({ type: BatchInput, description: 'Limits of a batch.' }),
  }),
})

const onlyTopic = (topics: readonly string[]): string => {
  const [topic] = topics
  if (topic !== undefined && topics.length === 1) return topic
  throw badInput(
    'input.topics',
    `takes exactly one topic, this request has ${topics.length}: use one subscription per topic.`,
  )
}

const messageStreamSubscription = subscriptionField('messageStream', t =>
  t.field({
    extensions: { bytes: 'plain' },
    description:
      'Streams the messages of a topic in batches, the fast way to read many. It also sends events about the stream itself: caught up, gap and progress. Every event has a cursor to resume from. If messages were deleted before they could be delivered, a StreamGap event reports them and the stream continues. If the topic is deleted, the stream ends with an error.',
    type: MessageStreamEvent,
    args: { input: t.arg({ type: MessageStreamInput, required: true, description: 'The stream to open.' }) },
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
