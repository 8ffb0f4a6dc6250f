import { knownEpochMs, sinceEpoch } from '../../kafka/epoch-ms.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import { toOffset } from '../../kafka/offset.ts'
import type { OffsetFound, OffsetQuery, OffsetRequest } from '../../kafka/ports.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import { byTopic } from '../by-topic.ts'
import type { ListedOffset, ListOffsetsTopic } from '../protocol/list-offsets.ts'

/** What one ListOffsets request asks of one leader: no partition twice, one isolation level. */
export interface OffsetBatch<T> {
  readonly nodeId: number
  readonly isolationLevel: IsolationLevel
  readonly items: ReadonlyMap<string, T>
}

const EARLIEST = -2n
const LATEST = -1n
const MAX_TIMESTAMP = -3n

/** The wire's word for which offset is asked for. */
const timestampOf = (at: OffsetQuery): bigint => {
  if (at === 'earliest') return EARLIEST
  if (at === 'latest') return LATEST
  if (at === 'maxTimestamp') return MAX_TIMESTAMP
  return BigInt(sinceEpoch(at.timestamp))
}

/** The isolation level to ask at. The earliest offset is the same for both: asked at one it needs no request of its own. */
export const levelOf = ({ at, isolationLevel }: OffsetRequest): IsolationLevel =>
  at === 'earliest' ? 'READ_UNCOMMITTED' : isolationLevel

/**
 * As few requests as can be: one a leader and isolation level, and one more for each time a partition is asked for again,
 * since Kafka refuses a request that names a partition twice.
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

/** A batch's questions, by topic. */
export const topicsOf = (requests: Iterable<OffsetRequest>): readonly ListOffsetsTopic[] =>
  byTopic(requests).map(({ topic, items }) => ({
    name: topic,
    partitions: items.map(({ partition, at }) => ({ partition, timestamp: timestampOf(at) })),
  }))

/** A leader's answer in our terms: -1 is Kafka's "no message is that young". */
export const offsetFoundOf = ({ offset, timestamp, leaderEpoch }: ListedOffset): OffsetFound => ({
  offset: offset < 0n ? null : toOffset(offset),
  timestamp: knownEpochMs(timestamp),
  leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch,
})
