import type {
  BatchEvent,
  CaughtUpEvent,
  GapEvent,
  ProgressEvent,
  StreamEvent,
  StreamedPosition,
} from '../../kafka/ports/message-streams.ts'
import { Partition } from '../partition/partition-type.ts'
import { enumType, objectRef, parts, unionType } from '../schema-part.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { nodesOf } from './message-nodes.ts'
import { Message } from './message-type.ts'

const cursorDescription = 'Where a subscription goes on after this event: give it as `after`.'

const MessageBatch = objectRef<BatchEvent>('MessageBatch').implement({
  extensions: { isStreamed: true },
  description: 'Messages that were there together, in order within each partition.',
  fields: t => ({
    messages: t.field({
      description: 'The messages, one or more.',
      type: [Message],
      resolve: nodesOf,
    }),
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
    lag: t.field({
      description:
        'How many offsets are still to be read to the end of all partitions, as last seen. 0: this subscription is up to date.',
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
    begin: t.expose('begin', { description: 'The offset at which reading began.', type: 'Long' }),
    position: t.expose('position', { description: 'The offset that is read next.', type: 'Long' }),
    end: t.expose('end', {
      description: 'The offset that the next message to be written gets, as last seen.',
      type: 'Long',
    }),
  }),
})

const CaughtUp = objectRef<CaughtUpEvent>('CaughtUp').implement({
  extensions: { isStreamed: true },
  description:
    'Everything that was there when the subscription began has been delivered; what follows is live. Comes once: the moment to take a "loading" sign away.',
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
      description: 'They were deleted before they could be read: by retention, or by a delete-records request.',
    },
    TOPIC_RECREATED: { description: 'The topic was deleted and created again: its offsets start anew.' },
    DROPPED_BY_POLICY: {
      description: 'They were dropped for this subscriber, as it asked for when it reads too slowly.',
    },
    DECODE_LIMIT: {
      description: 'They cannot be read: their batch is too large when decompressed, damaged, or in an unknown codec.',
    },
    UNCLEAN_LEADER_ELECTION: {
      description: 'A replica that was not in sync became the leader, and the log ends before what had been read.',
    },
  } as const,
})

const StreamGap = objectRef<GapEvent>('StreamGap').implement({
  description: 'Messages that will never be delivered, and why: nothing is skipped in silence.',
  fields: t => ({
    partition: t.field({
      description: 'The partition that they were in.',
      type: Partition,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    fromOffset: t.expose('fromOffset', { description: 'The first offset that is missing.', type: 'Long' }),
    toOffset: t.expose('toOffset', {
      description: 'The offset with which reading goes on: the first one after the gap.',
      type: 'Long',
    }),
    reason: t.expose('reason', { description: 'Why.', type: GapReason }),
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
  }),
})

const StreamProgress = objectRef<ProgressEvent>('StreamProgress').implement({
  description: 'A fresh cursor while there is nothing to deliver, so that resuming later does not begin far back.',
  fields: t => ({
    cursor: t.field({ description: cursorDescription, type: 'Cursor', resolve: ({ cursor }) => cursor }),
    messagesScanned: t.expose('messagesScanned', {
      description: 'How many messages have been looked at since the subscription began.',
      type: 'Long',
    }),
    lag: t.expose('lag', {
      description: 'How many offsets are still to be read to the end of all partitions.',
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

/** What `messageStream` yields. */
export const MessageStreamEvent = unionType('MessageStreamEvent', {
  description: 'What happens in a stream of messages.',
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
