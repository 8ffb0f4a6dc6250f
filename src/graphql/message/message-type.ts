import type { MessageHeader as MessageHeaderShape, StoredMessage } from '../../kafka/message.ts'
import type { BatchEvent } from '../../kafka/ports/message-streams.ts'
import { writableTime } from '../scalars/date-time.ts'
import { objectRef, parts } from '../schema-part.ts'
import { setOf } from '../set-of.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'
import { CompressionTypeEnum, TimestampTypeEnum } from './message-enums.ts'
import { MessagePayload } from './payload-type.ts'

/** A message as the schema hands it on: its place in a batch, from which its cursor is made when asked for. */
export interface MessageNode {
  readonly batch: BatchEvent
  readonly index: number
  readonly message: StoredMessage
}

const MessageHeader = objectRef<MessageHeaderShape>('MessageHeader').implement({
  extensions: { isStreamed: true },
  description:
    'A header of a message: a name and bytes, which travel beside key and value. Headers are a list in order; names may repeat.',
  fields: t => ({
    key: t.exposeString('key', { description: 'The name of the header.' }),
    value: t.expose('value', {
      description: 'Its bytes; null when it has none.',
      type: MessagePayload,
      nullable: true,
    }),
  }),
})

// Every subscriber resolves these for every message: plain functions of what has been fetched already.
/** One message of a partition. */
export const Message = objectRef<MessageNode>('Message').implement({
  extensions: { isStreamed: true },
  description:
    'One message (Kafka says: record): a key, a value, headers and a timestamp, stored at an offset of a partition. It never changes; it is there until retention or compaction takes it, however often it is read.',
  fields: t => ({
    cursor: t.field({
      description:
        'Where a subscription goes on after this message: give it as `after`. It holds the position in every partition that is read.',
      type: 'Cursor',
      resolve: ({ batch, index }) => batch.cursorAt(index),
    }),
    topic: t.field({
      description: 'The topic that holds it.',
      type: Topic,
      resolve: ({ batch }) => topicNamed(batch.topic),
    }),
    partition: t.int({
      description: 'The number of the partition that holds it.',
      resolve: ({ message }) => message.partition,
    }),
    offset: t.field({
      description:
        'Its position in the partition, counted from 0. Topic, partition and offset name a message for good.',
      type: 'Long',
      resolve: ({ message }) => message.offset,
    }),
    leaderEpoch: t.int({
      description: 'The leader epoch of the partition when this message was appended.',
      nullable: true,
      resolve: ({ message }) => (message.batch.leaderEpoch < 0 ? null : message.batch.leaderEpoch),
    }),
    timestamp: t.field({
      description:
        'When it was created or appended. Null when it has no timestamp that a calendar can show: `timestampMs` tells all.',
      type: 'DateTime',
      nullable: true,
      resolve: ({ message }) => writableTime(message.timestamp),
    }),
    timestampMs: t.field({
      description:
        'The timestamp as stored, exact: milliseconds since 1970 unless its producer wrote another unit; -1 for none.',
      type: 'Long',
      resolve: ({ message }) => BigInt(message.timestamp),
    }),
    timestampType: t.field({
      description: 'Who gave it its timestamp.',
      type: TimestampTypeEnum,
      resolve: ({ message }) => message.batch.timestampType,
    }),
    key: t.field({
      extensions: { cost: { payload: 'key' } },
      description:
        'What it is about. Messages with equal keys go to the same partition, so they stay in order; compaction keeps the last one of each key. Null when it has none.',
      type: MessagePayload,
      nullable: true,
      resolve: ({ message }) => message.key,
    }),
    value: t.field({
      extensions: { cost: { payload: 'value' } },
      description: 'What it says. Null in a tombstone.',
      type: MessagePayload,
      nullable: true,
      resolve: ({ message }) => message.value,
    }),
    headers: t.field({
      extensions: { cost: { payload: 'header' } },
      description: 'Its headers, in the order in which they were written; names may repeat.',
      type: [MessageHeader],
      args: { keys: t.arg.stringList({ description: 'Only headers with one of these names; all when left out.' }) },
      resolve: ({ message }, { keys }) =>
        keys ? message.headers.filter(({ key }) => setOf(keys).has(key)) : message.headers,
    }),
    header: t.field({
      extensions: { cost: { payload: 'header' } },
      description:
        'The value of the last header with this name, as Kafka’s own `lastHeader` gives it; null when there is none.',
      type: MessagePayload,
      nullable: true,
      args: { key: t.arg.string({ required: true, description: 'The name of the header.' }) },
      resolve: ({ message }, { key }) => message.headers.findLast(header => header.key === key)?.value ?? null,
    }),
    isTombstone: t.boolean({
      description:
        'Whether the value is null. In a compacted topic a tombstone says that its key is deleted; compaction then drops the key’s older messages, and some time later the tombstone, too.',
      resolve: ({ message }) => message.value === null,
    }),
    serializedSize: t.int({
      description: 'Bytes of key, value and headers, uncompressed.',
      resolve: ({ message }) => message.serializedSize,
    }),
    compressionType: t.field({
      description: 'How the batch was compressed that brought it.',
      type: CompressionTypeEnum,
      nullable: true,
      resolve: ({ message }) => message.batch.compressionType,
    }),
    isTransactional: t.boolean({
      description: 'Whether it was written in a transaction.',
      resolve: ({ message }) => message.batch.isTransactional,
    }),
    producerId: t.field({
      description: 'The id that Kafka gave to its producer; null when that was neither idempotent nor transactional.',
      type: 'Long',
      nullable: true,
      resolve: ({ message }) => (message.batch.producerId < 0n ? null : message.batch.producerId),
    }),
  }),
})

/** What this file adds to a schema. */
export const messageParts = parts(MessageHeader, Message)
