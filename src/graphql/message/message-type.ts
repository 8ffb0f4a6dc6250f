import type { StoredMessage } from '../../kafka/message.ts'
import { Payload, type PayloadPart } from '../../kafka/payload.ts'
import type { BatchEvent } from '../../kafka/ports/message-streams.ts'
import { writableTime } from '../core/scalars/date-time.ts'
import { objectRef, parts } from '../core/schema-part.ts'
import { setOf } from '../core/set-of.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'
import { checkMaxBytes, cutPayload } from './cut-payload.ts'
import { CompressionTypeEnum, TimestampTypeEnum } from './message-enums.ts'
import { MessagePayload } from './payload-type.ts'

/** A message in a resolver: its batch and its index there. Its cursor is created from them on demand. */
export interface MessageNode {
  readonly batch: BatchEvent
  readonly index: number
  readonly message: StoredMessage
}

/** A header in a resolver: its place in the headers of a message. */
interface HeaderNode {
  readonly key: string
  readonly value: Buffer | null
  readonly owner: MessageNode
}

const payloadOf = ({ batch, message }: MessageNode, part: PayloadPart, bytes: Buffer | null): Payload | null =>
  bytes === null ? null : new Payload(batch.topic, part, bytes, message)

const maxBytesDescription =
  'Show at most this many bytes of it; `isTruncated` then says whether it was cut. Default: the whole payload.'

/** A key or value, cut if it is longer than the client wants. */
const cutPart = (
  node: MessageNode,
  part: PayloadPart,
  bytes: Buffer | null,
  maxBytes: number | null | undefined,
): Payload | null => {
  const payload = payloadOf(node, part, bytes)
  return payload === null ? null : cutPayload(payload, maxBytes)
}

const headersOf = (owner: MessageNode, keys: readonly string[] | null | undefined): readonly HeaderNode[] => {
  const { headers } = owner.message
  const wanted = keys ? headers.filter(({ key }) => setOf(keys).has(key)) : headers
  return wanted.map(({ key, value }) => ({ key, value, owner }))
}

const MessageHeader = objectRef<HeaderNode>('MessageHeader').implement({
  extensions: { isStreamed: true },
  description:
    'A header of a message: a name with bytes, stored next to the key and the value. Headers are an ordered list, and names may repeat.',
  fields: t => ({
    key: t.exposeString('key', { extensions: { bytes: 'plain' }, description: 'The name of the header.' }),
    value: t.field({
      extensions: { bytes: 'plain' },
      description: 'Its bytes; null if it has none.',
      type: MessagePayload,
      nullable: true,
      resolve: ({ value, owner }) => payloadOf(owner, 'HEADER', value),
    }),
  }),
})

// Every subscriber resolves these fields for every message, so the resolvers are plain functions of loaded data.
export const Message = objectRef<MessageNode>('Message').implement({
  extensions: { isStreamed: true },
  description:
    'One message (Kafka calls it a record): a key, a value, headers and a timestamp, stored at an offset of a partition. It never changes. Reading does not remove it: it stays until retention or compaction deletes it.',
  fields: t => ({
    cursor: t.field({
      extensions: { bytes: 'plain' },
      description:
        'The position after this message in every partition of the subscription. Pass it as `after` to resume a subscription there.',
      type: 'Cursor',
      resolve: ({ batch, index }) => batch.cursorAt(index),
    }),
    topic: t.field({
      extensions: { bytes: 'plain' },
      description: 'The topic of this message.',
      type: Topic,
      resolve: ({ batch }) => topicNamed(batch.topic),
    }),
    partition: t.int({
      extensions: { bytes: 'plain' },
      description: 'The number of its partition.',
      resolve: ({ message }) => message.partition,
    }),
    offset: t.field({
      extensions: { bytes: 'plain' },
      description:
        'Its position in the partition, counted from 0. Topic, partition and offset identify a message permanently.',
      type: 'Long',
      resolve: ({ message }) => message.offset,
    }),
    leaderEpoch: t.int({
      extensions: { bytes: 'plain' },
      description: 'The partition’s leader epoch when this message was appended.',
      nullable: true,
      resolve: ({ message }) => (message.batch.leaderEpoch < 0 ? null : message.batch.leaderEpoch),
    }),
    timestamp: t.field({
      extensions: { bytes: 'plain' },
      description:
        'When the message was created or appended. Null if it has no timestamp, or one that DateTime cannot express: `timestampMs` is always exact.',
      type: 'DateTime',
      nullable: true,
      resolve: ({ message }) => writableTime(message.timestamp),
    }),
    timestampMs: t.field({
      extensions: { bytes: 'plain' },
      description:
        'The timestamp exactly as stored: milliseconds since 1970, unless its producer used another unit. -1 means no timestamp.',
      type: 'Long',
      resolve: ({ message }) => BigInt(message.timestamp),
    }),
    timestampType: t.field({
      extensions: { bytes: 'plain' },
      description: 'The source of the timestamp.',
      type: TimestampTypeEnum,
      resolve: ({ message }) => message.batch.timestampType,
    }),
    key: t.field({
      extensions: { cost: { payload: 'key' }, checkArguments: checkMaxBytes, bytes: 'plain' },
      description:
        'What the message is about, for example a customer id. Messages with equal keys go to the same partition, so they stay in order; compaction keeps the last message of each key. Null if it has none.',
      type: MessagePayload,
      nullable: true,
      args: { maxBytes: t.arg.int({ description: maxBytesDescription }) },
      resolve: (node, { maxBytes }) => cutPart(node, 'KEY', node.message.key, maxBytes),
    }),
    value: t.field({
      extensions: { cost: { payload: 'value' }, checkArguments: checkMaxBytes, bytes: 'plain' },
      description: 'The content of the message. Null in a tombstone.',
      type: MessagePayload,
      nullable: true,
      args: { maxBytes: t.arg.int({ description: maxBytesDescription }) },
      resolve: (node, { maxBytes }) => cutPart(node, 'VALUE', node.message.value, maxBytes),
    }),
    headers: t.field({
      extensions: { cost: { payload: 'header' }, bytes: 'plain' },
      description: 'Its headers, in the order in which they were written; names may repeat.',
      type: [MessageHeader],
      args: { keys: t.arg.stringList({ description: 'Only headers with one of these names. Default: all.' }) },
      resolve: (node, { keys }) => headersOf(node, keys),
    }),
    header: t.field({
      extensions: { cost: { payload: 'header' }, bytes: 'plain' },
      description: 'The value of the last header with this name, like Kafka’s own `lastHeader`; null if there is none.',
      type: MessagePayload,
      nullable: true,
      args: { key: t.arg.string({ required: true, description: 'The name of the header.' }) },
      resolve: (node, { key }) =>
        payloadOf(node, 'HEADER', node.message.headers.findLast(header => header.key === key)?.value ?? null),
    }),
    isTombstone: t.boolean({
      extensions: { bytes: 'plain' },
      description:
        'Whether the value is null. In a compacted topic such a message, a tombstone, marks its key as deleted. Compaction then removes the key’s older messages, and later the tombstone too.',
      resolve: ({ message }) => message.value === null,
    }),
    serializedSize: t.int({
      extensions: { bytes: 'plain' },
      description: 'The bytes of key, value and headers, uncompressed.',
      resolve: ({ message }) => message.serializedSize,
    }),
    compressionType: t.field({
      extensions: { bytes: 'plain' },
      description: 'The compression of the batch that contained this message.',
      type: CompressionTypeEnum,
      nullable: true,
      resolve: ({ message }) => message.batch.compressionType,
    }),
    isTransactional: t.boolean({
      extensions: { bytes: 'plain' },
      description: 'Whether the message was written in a transaction.',
      resolve: ({ message }) => message.batch.isTransactional,
    }),
    producerId: t.field({
      extensions: { bytes: 'plain' },
      description:
        'The id that Kafka gave to its producer; null if the producer was neither idempotent nor transactional.',
      type: 'Long',
      nullable: true,
      resolve: ({ message }) => (message.batch.producerId < 0n ? null : message.batch.producerId),
    }),
  }),
})

/** What this file adds to a schema. */
export const messageParts = parts(MessageHeader, Message)
