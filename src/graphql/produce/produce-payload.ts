import type { ProducedMessage as ProducedMessageShape } from '../../kafka/message.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { NO_DATE, writableTime } from '../core/scalars/date-time.ts'
import { objectRef, parts } from '../core/schema-part.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'

const ProducedMessage = objectRef<ProducedMessageShape>('ProducedMessage').implement({
  description: 'Where Kafka stored a message.',
  fields: t => ({
    topic: t.field({
      description: 'The topic of the message.',
      type: Topic,
      resolve: ({ topic }) => topicNamed(topic),
    }),
    partition: t.exposeInt('partition', { description: 'The partition of the message.' }),
    offset: t.expose('offset', {
      description: 'Its offset in that partition. Null with acks NONE, because Kafka sends no acknowledgement.',
      type: 'Long',
      nullable: true,
    }),
    timestamp: t.field({
      description: `Its timestamp as stored. ${NO_DATE}`,
      type: 'DateTime',
      nullable: true,
      resolve: ({ timestamp }) => writableTime(timestamp),
    }),
    cursor: t.field({
      description:
        'The cursor of this message: a subscription that resumes from it starts with the next message. Null with acks NONE.',
      type: 'Cursor',
      nullable: true,
      resolve: (message, _, { ports, call }) =>
        message.offset === null ? null : ports.streams.cursorAfter(call, message),
    }),
  }),
})

interface ProduceShape {
  readonly errors: readonly FailureShape[]
  readonly results: readonly (ProducedMessageShape | null)[]
}

export const ProducePayload = objectRef<ProduceShape>('ProducePayload').implement({
  description: 'The result of `produce`.',
  interfaces: [MutationPayload],
  fields: t => ({
    results: t.expose('results', {
      description:
        'One result per message, at its index in the request. Null if the message was refused or its outcome is unknown (OUTCOME_UNKNOWN).',
      type: [ProducedMessage],
      nullable: { list: false, items: true },
    }),
  }),
})

/** What this file adds to a schema. */
export const producePayloadParts = parts(ProducedMessage, ProducePayload)
