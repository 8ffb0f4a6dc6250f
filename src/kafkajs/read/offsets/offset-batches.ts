import { knownEpochMs, sinceEpoch } from '../../../kafka/epoch-ms.ts'
import type { IsolationLevel } from '../../../kafka/message.ts'
import { toOffset } from '../../../kafka/offset.ts'
import type { OffsetFound, OffsetQuery, OffsetRequest } from '../../../kafka/ports/catalog.ts'
import { partitionKey } from '../../../kafka/topic-partition.ts'
import { byTopic } from '../../requests/by-topic.ts'
import type { ListedOffset, ListOffsetsTopic } from '../../requests/messages/list-offsets.ts'

/** The content of one ListOffsets request to one leader: each partition at most once, one isolation level. */
export interface OffsetBatch<T> {
  readonly nodeId: number
  readonly isolationLevel: IsolationLevel
  readonly items: ReadonlyMap<string, T>
}

const EARLIEST = -2n
const LATEST = -1n
const MAX_TIMESTAMP = -3n

/** The timestamp that encodes the query in the request. */
const timestampOf = (at: OffsetQuery): bigint => {
  if (at === 'earliest') return EARLIEST
  if (at === 'latest') return LATEST
  if (at === 'maxTimestamp') return MAX_TIMESTAMP
  return BigInt(sinceEpoch(at.timestamp))
}

/** The isolation level to use. The earliest offset is the same for both levels, so it needs no separate request. */
export const levelOf = ({ at, isolationLevel }: OffsetRequest): IsolationLevel =>
  at === 'earliest' ? 'READ_UNCOMMITTED' : isolationLevel

/**
 * Builds as few requests as possible: one per leader and isolation level, and one more for each repetition of a
 * partition, because Kafka refuses a request that names a partition twice.
 */
export const batchesOf = <T extends { readonly request: OffsetRequest }>(
  items: readonly (readonly [nodeId: number, item: T])[],
): readonly OffsetBatch<T>[] => {
  const batches = new Map<string, { nodeId: number; isolationLevel: IsolationLevel; items: Map<string, T> }>()
  const repeats = new Map<string, number>()
  for (const [nodeId, item] of items) {
    const isolationLevel = levelOf(item.request)
    const partition = partitionKey(item.request)
    const level = `${nodeId} ${isolationLevel}`
    const repeat = repeats.get(`${level} ${partition}`) ?? 0
    repeats.set(`${level} ${partition}`, repeat + 1)
    const key = `${level} ${repeat}`
    const batch = batches.get(key) ?? { nodeId, isolationLevel, items: new Map() }
    batch.items.set(partition, item)
    batches.set(key, batch)
  }
  return [...batches.values()]
}

/** Groups the requested offsets by topic. */
export const topicsOf = (requests: Iterable<OffsetRequest>): readonly ListOffsetsTopic[] =>
  byTopic(requests).map(({ topic, items }) => ({
    name: topic,
    partitions: items.map(({ partition, at }) => ({ partition, timestamp: timestampOf(at) })),
  }))

/** Converts a leader's result. Kafka returns -1 if no message is that recent. */
export const offsetFoundOf = ({ offset, timestamp, leaderEpoch }: ListedOffset): OffsetFound => ({
  offset: offset < 0n ? null : toOffset(offset),
  timestamp: knownEpochMs(timestamp),
  leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch,
})
