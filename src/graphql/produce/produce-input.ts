import { CompressionTypeEnum } from '../message/message-enums.ts'
import { enumType, inputType, parts } from '../schema-part.ts'
import { PayloadInput } from './payload-input.ts'

const Acks = enumType('Acks', {
  description: 'How many replicas must have a message before it counts as written.',
  values: {
    NONE: {
      description: 'None: Kafka answers nothing, so the results have no offset, and a lost message is not noticed.',
    },
    LEADER: { description: 'The leader alone: what it had not yet given to a follower is lost if it dies.' },
    ALL: {
      description:
        'All in-sync replicas: what is acknowledged survives as long as one of them does. With fewer in sync than `min.insync.replicas`, the message is refused with NOT_ENOUGH_REPLICAS.',
    },
  } as const,
})

const HeaderInput = inputType('HeaderInput', {
  description: 'A header to write.',
  fields: t => ({
    key: t.string({ required: true, description: 'Its name. The same name may come several times.' }),
    value: t.field({ type: PayloadInput, description: 'Its bytes; none when left out.' }),
  }),
})

/** One message to write. */
export const ProducerMessageInput = inputType('ProducerMessageInput', {
  description: 'One message to write.',
  fields: t => ({
    key: t.field({
      type: PayloadInput,
      description: 'Its key. Messages with equal keys go to the same partition. Left out: no key.',
    }),
    value: t.field({
      type: PayloadInput,
      description: 'Its value. Left out or null: a tombstone, which deletes its key from a compacted topic.',
    }),
    headers: t.field({ type: [HeaderInput], description: 'Its headers, kept in this order, equal names included.' }),
    partition: t.int({
      description:
        'The partition to write to. Left out: chosen by the key as Kafka’s own producer does (murmur2), or spread when there is none.',
    }),
    timestamp: t.field({ type: 'DateTime', description: 'Its timestamp. Left out: now.' }),
    topic: t.string({ description: 'The topic of this one message, in place of the one of the whole request.' }),
  }),
})

/** Messages to write, and how. */
export const ProduceInput = inputType('ProduceInput', {
  description: 'Messages to write, and how.',
  fields: t => ({
    topic: t.string({ required: true, description: 'The topic to write to. It must exist: producing creates none.' }),
    messages: t.field({
      type: [ProducerMessageInput],
      required: true,
      description:
        'The messages, at most 10,000 unless the server is set otherwise (`MAX_PRODUCE_MESSAGES`). Those of one partition keep this order.',
    }),
    acks: t.field({
      type: Acks,
      defaultValue: 'ALL',
      description: 'How many replicas must have them before the answer.',
    }),
    compressionType: t.field({ type: CompressionTypeEnum, defaultValue: 'NONE', description: 'How to compress them.' }),
    transactional: t.boolean({
      defaultValue: false,
      description:
        'All or nothing: writes the messages, of all their topics and partitions, in one Kafka transaction. READ_COMMITTED readers see all of them or none of them, never a part; READ_UNCOMMITTED ones see each as soon as it is written, also of a transaction that is aborted later. One refused message refuses all: it has its own error, its neighbours have TRANSACTION_ABORTED. Needs acks ALL. Costs some round trips more, so it is for what belongs together, not for speed.',
    }),
    timeout: t.field({
      type: 'Duration',
      description:
        'The time within which every message is answered, whatever happens to Kafka. Left out: the longest that the server allows (30 seconds unless it is set otherwise).',
    }),
  }),
})

/** What this file adds to a schema. */
export const produceInputParts = parts(Acks, HeaderInput, ProducerMessageInput, ProduceInput)
