import type { TopicDescription } from '../../kafka/cluster.ts'
import type { CursorCodec, DecodedCursor } from '../../kafka/cursor/cursor-codec.ts'
import { FIRST_OFFSET, type Positions, toPositions } from '../../kafka/cursor/positions.ts'
import { invalidCursor, invalidRequest, topicRecreated } from '../../kafka/cursor/stream-errors.ts'
import { later, type Offset, toOffset } from '../../kafka/offset.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import type { LogEnds, LogOffsets } from './log-offsets.ts'
import type { Selection } from './selection.ts'

/** The topic and partitions that a position is resolved for. */
export interface PositionScope {
  readonly topic: TopicDescription
  readonly selection: Selection
  readonly ends: LogEnds
  readonly offsets: LogOffsets
  readonly codec: CursorCodec
}

const recreated = ({ topic, selection, codec }: PositionScope) =>
  topicRecreated(
    topic.name,
    codec.encode({
      topic: topic.name,
      topicId: topic.topicId,
      coverage: selection.coverage,
      positions: toPositions(selection.partitions.map(partition => [partition, FIRST_OFFSET])),
      othersFrom: null,
    }),
  )

const assertCovers = (cursor: DecodedCursor, { topic, selection }: PositionScope): void => {
  const beyond = [...cursor.offsets.keys()].find(partition => partition >= topic.partitions.length)
  if (beyond !== undefined) throw invalidCursor(`it names partition ${beyond}, which ${topic.name} does not have`)
  if (cursor.coverage === 'all') return
  const listed = [...cursor.offsets.keys()]
  if (selection.coverage === 'listed' && selection.partitions.every(partition => cursor.offsets.has(partition))) return
  throw invalidCursor(`it covers some partitions only; pass partitions: [${listed.join(', ')}] (or fewer) with it`)
}

const resolveCursor = async (text: string, scope: PositionScope): Promise<Positions> => {
  const { topic, selection, ends, offsets, codec } = scope
  const cursor = codec.decode(text)
  if (!cursor.isOfTopic(topic.name)) throw invalidCursor(`it belongs to another topic than ${topic.name}`)
  if (!cursor.isOfTopicId(topic.topicId)) throw recreated(scope)
  assertCovers(cursor, scope)
  const others = selection.partitions.filter(partition => !cursor.offsets.has(partition))
  const elsewhere = cursor.othersFrom === null ? [] : await offsets.at(cursor.othersFrom, others, ends.latest)
  return toPositions(
    selection.partitions.map(partition => [
      partition,
      cursor.offsets.get(partition) ?? elsewhere[partition] ?? FIRST_OFFSET,
    ]),
  )
}

const lastOf = (count: number, { selection, ends }: PositionScope): Positions => {
  if (!Number.isSafeInteger(count) || count < 0) throw invalidRequest(`${count} is not a valid number of messages.`)
  return toPositions(
    selection.partitions.map(partition => {
      const end = ends.latest[partition] ?? FIRST_OFFSET
      return [partition, later(toOffset(end - BigInt(count)), ends.earliest[partition] ?? FIRST_OFFSET)]
    }),
  )
}

const same = (offset: Offset, { selection }: PositionScope): Positions =>
  toPositions(selection.partitions.map(partition => [partition, offset]))

/**
 * Resolves a position to one offset for each selected partition. A time later than the last message means the end. With
 * `offsets`, partitions that are not listed have no position.
 */
export const resolvePosition = async (position: StreamPosition, scope: PositionScope): Promise<Positions> => {
  const { selection, ends, offsets } = scope
  switch (position.kind) {
    case 'earliest':
      return ends.earliest
    case 'latest':
      return ends.latest
    case 'lastPerPartition':
      return lastOf(position.count, scope)
    case 'timestamp':
      return offsets.at(position.timestamp, selection.partitions, ends.latest)
    case 'offset':
      return same(position.offset, scope)
    case 'offsets': {
      const ascending = [...position.offsets].sort((a, b) => a.partition - b.partition)
      return toPositions(ascending.map(({ partition, offset }) => [partition, offset]))
    }
    case 'cursor':
      return resolveCursor(position.cursor, scope)
  }
}
