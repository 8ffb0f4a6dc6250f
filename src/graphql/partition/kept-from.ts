import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { later, type Offset, toOffset } from '../../kafka/offset.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog, OffsetQuery } from '../../kafka/ports/catalog.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import type { DeletedRecords } from '../../kafka/ports/topic-admin.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { badInput } from '../core/errors/failures.ts'

/** Partitions of a topic, and the catalog and the call that find their offsets. */
export interface TruncatedTopic {
  readonly topic: TopicName
  readonly partitions: readonly number[]
  readonly catalog: Catalog
  readonly call: Call
}

type Kept = Promise<readonly Outcome<DeletedRecords>[]>
type Found = Outcome<Offset | null>

const offsets = async (truncated: TruncatedTopic, at: OffsetQuery): Promise<readonly Found[]> => {
  const { topic, partitions, catalog, call } = truncated
  const asked = partitions.map(partition => ({ topic, partition, at, isolationLevel: 'READ_UNCOMMITTED' as const }))
  return (await catalog.listOffsets(call, asked)).map(one => (isFailure(one) ? one : one.offset))
}

/** Null (delete everything) for a partition without a matching offset. */
const keepingFrom = ({ partitions }: TruncatedTopic, found: readonly Found[]): readonly Outcome<DeletedRecords>[] =>
  partitions.map((partition, index) => {
    const before = found[index] ?? null
    return isFailure(before) ? before : { partition, before }
  })

const lastOf = async (topic: TruncatedTopic, count: number): Kept => {
  const [earliest, latest] = await Promise.all([offsets(topic, 'earliest'), offsets(topic, 'latest')])
  const found = latest.map((end, index): Found => {
    const start = earliest[index] ?? toOffset(0)
    if (isFailure(end) || isFailure(start)) return isFailure(end) ? end : start
    return later(toOffset((end ?? 0n) - BigInt(count)), start)
  })
  return keepingFrom(topic, found)
}

/**
 * The first offset of each partition to keep. With `offsets`, partitions that are not listed stay unchanged.
 * @throws GraphQLError BAD_USER_INPUT for a cursor, which is a reader's position.
 */
export const keptFrom = async (topic: TruncatedTopic, position: StreamPosition): Kept => {
  switch (position.kind) {
    case 'earliest':
      return keepingFrom(topic, await offsets(topic, 'earliest'))
    case 'latest':
      return keepingFrom(topic, [])
    case 'lastPerPartition':
      return lastOf(topic, position.count)
    case 'timestamp':
      return keepingFrom(topic, await offsets(topic, { timestamp: position.timestamp }))
    case 'offset':
      return topic.partitions.map(partition => ({ partition, before: position.offset }))
    case 'offsets':
      return position.offsets.map(({ partition, offset }) => ({ partition, before: toOffset(offset) }))
    case 'cursor':
      throw badInput('keep.cursor', 'is not accepted here: give offsets, a time or a number of messages to keep.')
  }
}
