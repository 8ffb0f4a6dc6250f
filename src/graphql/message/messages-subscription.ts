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
      'The messages of a topic, one an event, first those that are stored, then each as it is written: `kafka-console-consumer` for frontends. It joins no consumer group and leaves no trace in Kafka. After a lost connection, subscribe again with the last message’s cursor as `after`: nothing is missed and nothing comes twice. It never skips in silence: when messages were deleted before they could be delivered, it ends with an error (OFFSET_OUT_OF_RANGE, TOPIC_DELETED, TOPIC_RECREATED) whose `extensions` say where reading can go on.',
    type: Message,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partitions: t.arg.intList({
        description: 'Only these partitions. Left out: all, those that are added later, too.',
      }),
      from: t.arg({ type: MessagePosition, defaultValue: { latest: true }, description: 'Where to begin.' }),
      after: t.arg({
        type: 'Cursor',
        description:
          'Goes on after the message with this cursor; counts more than `from`. Null: begins at `from`. While Kafka is away, a subscription that resumes waits for it; a new one waits for a limited time and then fails with KAFKA_UNAVAILABLE, whose `retriable` is true. Over SSE the header `Last-Event-ID` counts more: `EventSource` resumes by itself.',
      }),
      to: t.arg({
        type: MessagePosition,
        description:
          'Where to end: the subscription completes when every partition has come there. Left out: it goes on for ever.',
      }),
      isolationLevel: t.arg({
        type: IsolationLevelEnum,
        defaultValue: 'READ_COMMITTED',
        description: 'Whether messages of open and aborted transactions are seen.',
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
