import { enumType, inputType, parts } from '../core/schema-part.ts'
import { CompressionTypeEnum } from '../message/message-enums.ts'
import { PayloadInput } from './payload-input.ts'

const Acks = enumType('Acks', {
  description: 'How many replicas must have a message before Kafka acknowledges it.',
  values: {
    NONE: {
      description: 'No acknowledgement. The results have no offset, and a lost message goes unnoticed.',
    },
    LEADER: { description: 'Only the leader. If it dies, messages that no follower has copied are lost.' },
    ALL: {
      description:
        'All in-sync replicas. An acknowledged message survives as long as one of them does. If fewer than `min.insync.replicas` are in sync, the message is refused with NOT_ENOUGH_REPLICAS.',
    },
  } as const,
})

const HeaderInput = inputType('HeaderInput', {
  description: 'A header to write.',
  fields: t => ({
    key: t.string({ required: true, description: 'Its name, which may repeat.' }),
    value: t.field({ type: PayloadInput, description: 'Its bytes. Default: none.' }),
  }),
})

export const ProducerMessageInput = inputType('ProducerMessageInput', {
  description: 'One message to write.',
  fields: t => ({
    key: t.field({
      type: PayloadInput,
      description: 'Its key. Messages with equal keys go to the same partition. Default: no key.',
    }),
    value: t.field({
      type: PayloadInput,
      description: 'Its value. Omitted or null: a tombstone, which deletes its key from a compacted topic.',
    }),
    headers: t.field({ type: [HeaderInput], description: 'Its headers. Their order and repeated names are kept.' }),
    partition: t.int({
      description:
        'The partition to write to. Default: chosen by the key as Kafka’s own producer does (murmur2), or spread if there is no key.',
    }),
    timestamp: t.field({ type: 'DateTime', description: 'Its timestamp. Default: now.' }),
    topic: t.string({ description: 'The topic of this message. It overrides the topic of the request.' }),
  }),
})

export const ProduceInput = inputType('ProduceInput', {
  description: 'Messages to write, and how to write them.',
  fields: t => ({
    topic: t.string({
      required: true,
      description: 'The topic to write to. It must exist: `produce` never creates one.',
    }),
    messages: t.field({
      type: [ProducerMessageInput],
      required: true,
      description:
        'The messages, at most 10,000 unless the server is configured otherwise (`MAX_PRODUCE_MESSAGES`). Messages of one partition keep this order.',
    }),
    acks: t.field({
      type: Acks,
      defaultValue: 'ALL',
      description: 'How many replicas must have a message before Kafka acknowledges it.',
    }),
    compressionType: t.field({ type: CompressionTypeEnum, defaultValue: 'NONE', description: 'How to compress them.' }),
    transactional: t.boolean({
      defaultValue: false,
      description:
        'Write all messages or none, across topics and partitions, in one Kafka transaction. READ_COMMITTED readers see all of them or none. READ_UNCOMMITTED readers see each message once it is written, even if the transaction is aborted later. If one message is refused, all are: it has its own error, the others have TRANSACTION_ABORTED. Requires acks ALL. It costs several round trips, so use it for messages that belong together, not for speed.',
    }),
    timeout: t.field({
      type: 'Duration',
      description:
        'The time limit for the result of every message, even if Kafka is down. Default: the longest that the server allows (30 seconds unless configured otherwise).',
    }),
  }),
})

/** What this file adds to a schema. */
export const produceInputParts = parts(Acks, HeaderInput, ProducerMessageInput, ProduceInput)
