import { IsolationLevelEnum } from '../partition/isolation-level.ts'
import { subscriptionField } from '../schema-part.ts'
import { checkSelection } from './check-selection.ts'
import { SingleMessages } from './event-source.ts'
import { MessagePosition } from './message-position.ts'
import { Message, type MessageNode } from './message-type.ts'
import { openStream } from './stream-request.ts'

/** `Subscription.messages`. */
export const messagesSubscription = subscriptionField('messages', t =>
  t.field({
    description:
      'Streams the messages of a topic, one per event: stored messages first, then each new one. It is `kafka-console-consumer` for frontends, joins no consumer group and changes nothing in Kafka. After a lost connection, subscribe again with the cursor of the last message as `after`: you miss no message and get none twice. It never skips messages silently. If messages were deleted before they could be delivered, it ends with an error (OFFSET_OUT_OF_RANGE, TOPIC_DELETED, TOPIC_RECREATED) whose `extensions` contain the position to resume from.',
    type: Message,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList({
        description: 'Only these partitions. Default: all, including partitions added later.',
      }),
      from: t.arg({ type: MessagePosition, defaultValue: { latest: true }, description: 'Where to start.' }),
      after: t.arg({
        type: 'Cursor',
        description:
          'Resume after the message with this cursor; it overrides `from`. Null: start at `from`. If Kafka is unreachable, a subscription that resumes waits for it; a new one waits for a limited time, then fails with KAFKA_UNAVAILABLE and `retriable` true. Over SSE the header `Last-Event-ID` overrides this argument, so that `EventSource` resumes automatically.',
      }),
      to: t.arg({
        type: MessagePosition,
        description:
          'Where to end: the subscription completes when every partition has reached this position. Default: it never ends.',
      }),
      isolationLevel: t.arg({
        type: IsolationLevelEnum,
        defaultValue: 'READ_COMMITTED',
        description: 'Whether to include messages of open and aborted transactions.',
      }),
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
