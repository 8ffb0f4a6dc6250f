import type { TopicDescription } from '../../kafka/cluster.ts'
import type { CursorCodec } from '../../kafka/cursor/cursor-codec.ts'
import { FIRST_OFFSET, type Positions, toPositions, withPosition } from '../../kafka/cursor/positions.ts'
import { offsetOutOfRange } from '../../kafka/cursor/stream-errors.ts'
import { isFailure, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { later, type Offset } from '../../kafka/offset.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog } from '../../kafka/ports/catalog.ts'
import type { StreamPosition, StreamRequest } from '../../kafka/ports/message-streams.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { type LogEnds, logOffsets } from './log-offsets.ts'
import { type PositionScope, resolvePosition } from './resolve-position.ts'
import { type Selection, selectPartitions } from './selection.ts'

/** Offsets that were deleted before the stream began. */
interface DeletedRange {
  readonly partition: number
  readonly fromOffset: Offset
  readonly toOffset: Offset
}

/** A request resolved to offsets. */
export interface StreamStart {
  readonly topic: TopicDescription
  readonly selection: Selection
  readonly positions: Positions
  /** Positions that must be delivered before the feed is caught up. */
  readonly ends: Positions
  /** Where the stream ends; null for a stream without an end. */
  readonly to: Positions | null
  readonly deleted: readonly DeletedRange[]
  /**
   * Partitions whose log may have been truncated since the cursor was made, with the cursor's leader epoch or -1. Only
   * a read can decide, and only a read can tell a truncated log from a lagging broker.
   */
  readonly unverified: ReadonlyMap<number, number>
}

const describeTopic = async (call: Call, catalog: Catalog, name: TopicName) => {
  const [topic] = await catalog.describeTopics(call, [name])
  if (topic !== undefined && !isFailure(topic)) return topic
  throw topic ?? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
}

const isExplicit = ({ kind }: StreamPosition): boolean => kind === 'offset' || kind === 'offsets'

const beyond = (positions: Positions, ends: Positions): readonly number[] =>
  [...positions.keys()].filter(partition => {
    const position = positions[partition]
    const end = ends[partition]
    return position !== undefined && end !== undefined && position > end
  })

const assertWithin = async (positions: Positions, scope: PositionScope): Promise<void> => {
  const { ends, offsets, topic } = scope
  const refuse = (partition: number, latest: Positions) =>
    offsetOutOfRange({
      topic: topic.name,
      partition,
      offset: positions[partition] ?? FIRST_OFFSET,
      earliest: ends.earliest[partition] ?? FIRST_OFFSET,
      latest: latest[partition] ?? FIRST_OFFSET,
      cursor: null,
    })
  const negative = positions.findIndex(offset => offset !== undefined && offset < FIRST_OFFSET)
  if (negative >= 0) throw refuse(negative, ends.latest)
  const suspects = beyond(positions, ends.latest)
  if (suspects.length === 0) return
  // Offsets of open transactions lie between the last stable offset and the high watermark. They exist.
  const highWatermarks = await offsets.highWatermarks(suspects)
  const [missing] = beyond(positions, highWatermarks)
  if (missing !== undefined) throw refuse(missing, highWatermarks)
}

/** One shared empty map: most streams begin without a cursor, and every idle one keeps it. */
const NO_EPOCHS: ReadonlyMap<number, number> = new Map()

const unverifiedOf = (positions: Positions, wanted: Positions, epochs: ReadonlyMap<number, number>, ends: LogEnds) => {
  const unverified = new Map<number, number>()
  for (const partition of beyond(positions, ends.latest)) unverified.set(partition, -1)
  // The deleted range at this position is already reported, and no earlier message is left to compare epochs with.
  for (const [partition, epoch] of epochs)
    if (positions[partition] !== undefined && positions[partition] === wanted[partition])
      unverified.set(partition, epoch)
  return unverified.size === 0 ? NO_EPOCHS : unverified
}

const deletedRanges = (positions: Positions, { earliest }: LogEnds): readonly DeletedRange[] =>
  [...positions.entries()].flatMap(([partition, fromOffset]) => {
    const toOffset = earliest[partition]
    if (fromOffset === undefined || toOffset === undefined || fromOffset >= toOffset) return []
    return [{ partition, fromOffset, toOffset }]
  })

const refuseDeleted = ([first]: readonly DeletedRange[], wanted: Positions, scope: PositionScope): void => {
  if (first === undefined) return
  const { topic, selection, ends, codec } = scope
  const { name, topicId } = topic
  // This cursor passes only the range that the error names. The next range produces its own error.
  const resumed = withPosition(wanted, first.partition, first.toOffset)
  throw offsetOutOfRange({
    topic: name,
    partition: first.partition,
    offset: first.fromOffset,
    earliest: first.toOffset,
    latest: ends.latest[first.partition] ?? first.toOffset,
    cursor: codec.encode({ topic: name, topicId, coverage: selection.coverage, positions: resumed, othersFrom: null }),
  })
}

const resolveEnd = async (to: StreamPosition | null, start: Positions, scope: PositionScope) => {
  if (to === null) return null
  const resolved = await resolvePosition(to, scope)
  // A partition without an end offset is not read: it ends where it starts.
  return start.map((offset, partition) => (offset === undefined ? undefined : (resolved[partition] ?? offset)))
}

/** Resolves a request to offsets. @throws KafkaError as MessageStreams.open does. */
export const startOf = async (
  call: Call,
  request: Omit<StreamRequest, 'limits'>,
  catalog: Catalog,
  codec: CursorCodec,
): Promise<StreamStart> => {
  const topic = await describeTopic(call, catalog, request.topic)
  const selection = selectPartitions(request, topic)
  const offsets = logOffsets(call, catalog, topic.name, request.isolationLevel)
  const ends = await offsets.ends(selection.partitions)
  const scope: PositionScope = { topic, selection, ends, offsets, codec }
  const from: StreamPosition = request.after === null ? request.from : { kind: 'cursor', cursor: request.after }
  const wanted = await resolvePosition(from, scope)
  const epochs = from.kind === 'cursor' ? codec.decode(from.cursor).epochs : NO_EPOCHS
  if (isExplicit(from)) await assertWithin(wanted, scope)
  const deleted = deletedRanges(wanted, ends)
  const positions = toPositions(
    selection.partitions.map(partition => {
      const earliest = ends.earliest[partition] ?? FIRST_OFFSET
      return [partition, later(wanted[partition] ?? earliest, earliest)]
    }),
  )
  if (request.onGap === 'fail') refuseDeleted(deleted, wanted, scope)
  return {
    topic,
    selection,
    positions,
    ends: ends.latest,
    to: await resolveEnd(request.to, positions, scope),
    deleted,
    unverified: unverifiedOf(positions, wanted, epochs, ends),
  }
}
