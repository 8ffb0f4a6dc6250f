import { subscriptionField } from '../core/schema-part.ts'
import { checkSelection } from './check-selection.ts'
import { SingleMessages } from './event-source.ts'
import { Message, type MessageNode } from './message-type.ts'
import { streamArguments } from './stream-arguments.ts'
import { openStream } from './stream-request.ts'

const streamed = streamArguments('message')

/** `Subscription.messages`. */
export const messagesSubscription = subscriptionField('messages', t =>
  t.field({
    extensions: { bytes: 'plain' },
    description:
      'Streams the messages of a topic, one per event: stored messages first, then each new one. It is `kafka-console-consumer` for frontends, joins no consumer group and changes nothing in Kafka. After a lost connection, subscribe again with the cursor of the last message as `after`: you miss no message and get none twice. It never skips messages silently. If messages were deleted before they could be delivered, it ends with an error (OFFSET_OUT_OF_RANGE, TOPIC_DELETED, TOPIC_RECREATED) whose `extensions` contain the position to resume from.',
    type: Message,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList(streamed.partitions),
      from: t.arg(streamed.from),
      after: t.arg(streamed.after),
      to: t.arg(streamed.to),
      isolationLevel: t.arg(streamed.isolationLevel),
    },
    subscribe: async (_, { topic, ...selection }, context, info): Promise<AsyncIterable<MessageNode>> => {
      checkSelection('messages', info)
      const limits = { ...context.limits.batch.default, lingerMs: 0 }
      const stream = await openStream(topic, selection, { prefix: '', limits, onGap: 'fail' }, context)
      return new SingleMessages(stream, context)
    },
    resolve: node => node,
  }),
)
