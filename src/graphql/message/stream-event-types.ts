import type {
  BatchEvent,
  CaughtUpEvent,
  GapEvent,
  ProgressEvent,
  StreamEvent,
  StreamedPosition,
} from '../../kafka/ports/message-streams.ts'
import { enumType, objectRef, parts, unionType } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { nodesOf } from './message-nodes.ts'
import { Message } from './message-type.ts'

const cursorDescription = 'The position after this event. Pass it as `after` to resume a subscription there.'

const MessageBatch = objectRef<BatchEvent>('MessageBatch').implement({
  extensions: { isStreamed: true },
  description: 'Messages that were available together, in order within each partition.',
  fields: t => ({
    messages: t.field({
      extensions: { bytes: 'plain' },
      description: 'The messages, at least one.',
      type: [Message],
      resolve: nodesOf,
    }),
    cursor: t.field({
      extensions: { bytes: 'plain' },
      description: cursorDescription,
      type: 'Cursor',
      resolve: ({ cursor }) => cursor,
    }),
    lag: t.field({
      extensions: { bytes: 'plain' },
      description:
        'The number of offsets left to read in all partitions, as last seen. 0: this subscription is up to date.',
      type: 'Long',
      resolve: ({ lag }) => lag,
    }),
  }),
})

const ScanPosition = objectRef<StreamedPosition>('ScanPosition').implement({
  extensions: { isStreamed: true },
  description: 'How far one partition has been read.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    begin: t.expose('begin', { description: 'The offset at which reading started.', type: 'Long' }),
    position: t.expose('position', { description: 'The offset to read next.', type: 'Long' }),
    end: t.expose('end', {
      description: 'The offset of the next new message, as last seen.',
      type: 'Long',
    }),
  }),
})

const CaughtUp = objectRef<CaughtUpEvent>('CaughtUp').implement({
  extensions: { isStreamed: true },
  description:
    'All messages that existed when the subscription started have been delivered; everything after this event is live. It comes once: use it to remove a loading indicator.',
  fields: t => ({
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
    positions: t.field({
      description: 'How far each partition has been read.',
      type: [ScanPosition],
      resolve: ({ positions }) => positions,
    }),
  }),
})

const GapReason = enumType('GapReason', {
  description: 'Why messages will never be delivered.',
  values: {
    RETENTION: {
      description: 'They were deleted before they could be read, by retention or by a delete-records request.',
    },
    TOPIC_RECREATED: { description: 'The topic was deleted and created again, so its offsets start again at 0.' },
    DROPPED_BY_POLICY: {
      description: 'They were dropped because this subscriber reads too slowly and had asked for that.',
    },
    DECODE_LIMIT: {
      description:
        'They cannot be read: their batch is damaged, too large when decompressed, or compressed with an unknown codec.',
    },
    UNCLEAN_LEADER_ELECTION: {
      description:
        'A replica that was not in sync became the leader, and its log ends before the offset that had been read.',
    },
  } as const,
})

const StreamGap = objectRef<GapEvent>('StreamGap').implement({
  description:
    'A range of messages that will never be delivered, and the reason. The stream never skips messages silently.',
  fields: t => ({
    partition: t.field({
      description: 'The partition of these messages.',
      type: Partition,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    fromOffset: t.expose('fromOffset', { description: 'The first missing offset.', type: 'Long' }),
    toOffset: t.expose('toOffset', {
      description: 'The offset at which reading continues: the first one after the gap.',
      type: 'Long',
    }),
    reason: t.expose('reason', { description: 'Why these messages will never be delivered.', type: GapReason }),
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
  }),
})

const StreamProgress = objectRef<ProgressEvent>('StreamProgress').implement({
  description:
    'A new cursor while there are no messages to deliver. Store it, so that resuming later does not start far back.',
  fields: t => ({
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
    messagesScanned: t.expose('messagesScanned', {
      description: 'The number of messages scanned since the subscription started.',
      type: 'Long',
    }),
    lag: t.expose('lag', {
      description: 'The number of offsets left to read in all partitions.',
      type: 'Long',
    }),
  }),
})

const TYPE_NAMES = {
  batch: 'MessageBatch',
  caughtUp: 'CaughtUp',
  gap: 'StreamGap',
  progress: 'StreamProgress',
} as const satisfies Record<StreamEvent['kind'], string>

export const MessageStreamEvent = unionType('MessageStreamEvent', {
  extensions: { bytes: 'plain' },
  description: 'An event of a message stream.',
  types: [MessageBatch, CaughtUp, StreamGap, StreamProgress],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

/** What this file adds to a schema. */
export const streamEventParts = parts(
  MessageBatch,
  ScanPosition,
  CaughtUp,
  GapReason,
  StreamGap,
  StreamProgress,
  MessageStreamEvent,
)
