import { isFailure, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { type Offset, toOffset } from '../../../kafka/offset.ts'
import type { LogFault } from '../../../kafka/ports/log-source.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { fetchOnce } from './fetch-once.ts'
import { LogPosition } from './log-position.ts'
import { type ListOffsets, refusalOf } from './out-of-range.ts'

/** CORRUPT_MESSAGE of a Fetch: the broker looked for the offset and found bytes that are not a record batch. */
export const CORRUPT_MESSAGE = 2

/** Whether the broker can read at an offset; null if it does not report that. */
type CanRead = (offset: Offset) => Promise<boolean | null>

/** Dependencies of classifyUnreadable. */
interface Dependencies {
  readonly cluster: ClusterMap
  readonly listOffsets: ListOffsets
}

const NOBODY = { onSlice: () => {}, onFault: () => {} }
/** The first batch is always returned whole; more is not needed. */
const BOUNDS = { maxWaitMs: 0, maxBytes: 1, maxBytesPerPartition: 1 }

const canReadAt = async ({ log, isolationLevel }: LogPosition, at: Offset, cluster: ClusterMap) => {
  const leader = cluster.leaders.leaderOf(log.topic, log.partition)
  const address = leader?.nodeId == null ? undefined : cluster.addressOf(leader.nodeId)
  if (leader === undefined || address === undefined) return null
  const link = await cluster.links.get(address, 'catch-up')
  const position = new LogPosition(log, isolationLevel, at, NOBODY)
  const [fetched] = await fetchOnce(link, [{ position, leader }], BOUNDS, cluster.links.timeouts.idleMs)
  const { errorCode, records } = fetched?.answer ?? {}
  if (errorCode === CORRUPT_MESSAGE) return false
  return errorCode === 0 && records !== undefined ? records.length > 0 : null
}

/**
 * Finds the first readable offset between `bad` and `end`, in steps that double and then halve; `end` if there is none.
 * A broker can read again from the next entry of its index on. With two damaged places close together, readable
 * messages between them may be skipped. Null if uncertain.
 */
const firstReadable = async (bad: Offset, end: Offset, canRead: CanRead): Promise<Offset | null> => {
  let low: bigint = bad
  let high: bigint = end
  for (let step = 1n; bad + step < high; step *= 2n) {
    const is = await canRead(toOffset(bad + step))
    if (is === null) return null
    if (is) high = bad + step
    else low = bad + step
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    const is = await canRead(toOffset(middle))
    if (is === null) return null
    if (is) high = middle
    else low = middle
  }
  return toOffset(high)
}

/** How far the log is unreadable if the broker reports damage at the position; null if uncertain. */
export const classifyUnreadable = async (
  position: LogPosition,
  { cluster, listOffsets }: Dependencies,
  signal: AbortSignal,
): Promise<LogFault | null> => {
  const { log, isolationLevel, offset } = position
  const { topic, partition } = log
  const [last] = await listOffsets([{ topic, partition, isolationLevel, at: 'latest' }], signal)
  const refusal = refusalOf(last)
  if (refusal !== null) return refusal
  if (last === undefined || isFailure(last) || last.offset === null || last.offset <= offset) return null
  const canRead: CanRead = at => canReadAt(position, at, cluster)
  if ((await canRead(offset)) !== false) return null
  const next = await firstReadable(offset, last.offset, canRead)
  if (next === null) return null
  const error = new KafkaError('CORRUPT_MESSAGE', 'the log is damaged: the broker cannot read it at this offset')
  return { kind: 'undecodable', next, error }
}
