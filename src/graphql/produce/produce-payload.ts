import type { ProducedMessage as ProducedMessageShape } from '../../kafka/message.ts'
import { type FailureShape, MutationPayload } from '../mutation-failure.ts'
import { NO_DATE, writableTime } from '../scalars/date-time.ts'
import { objectRef, parts } from '../schema-part.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'

const ProducedMessage = objectRef<ProducedMessageShape>('ProducedMessage').implement({
  description: 'Where a message was written.',
  fields: t => ({
    topic: t.field({ description: 'The topic.', type: Topic, resolve: ({ topic }) => topicNamed(topic) }),
    partition: t.exposeInt('partition', { description: 'The partition that it went to.' }),
    offset: t.expose('offset', {
      description: 'Its offset in that partition. Null with acks NONE: Kafka does not answer then.',
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
      description: 'Where a subscription goes on right after this message. Null with acks NONE.',
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

/** What `produce` has done. */
export const ProducePayload = objectRef<ProduceShape>('ProducePayload').implement({
  description: 'What `produce` has done.',
  interfaces: [MutationPayload],
  fields: t => ({
    results: t.expose('results', {
      description:
        'One for each message of the request, at the same index: null where it was refused, or where nobody knows (OUTCOME_UNKNOWN).',
      type: [ProducedMessage],
      nullable: { list: false, items: true },
    }),
  }),
})

/** What this file adds to a schema. */
export const producePayloadParts = parts(ProducedMessage, ProducePayload)
