import { kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { Leader } from '../connection/leader-table.ts'
import type { Link } from '../connection/link.ts'
import { type FetchBounds, type FetchedPartition, fetchRequest } from '../protocol/fetch.ts'
import type { LogCursor } from './log-cursor.ts'

/** A cursor and the leader its partition has as the fetch is sent. */
export interface FetchTarget {
  readonly cursor: LogCursor
  readonly leader: Leader
}

/** One cursor's part of the answer. */
export interface FetchedTarget extends FetchTarget {
  readonly answer: FetchedPartition
}

/** Sends one Fetch for all targets, which one broker leads. @throws KafkaError when the broker or the connection fails. */
export const fetchOnce = async (
  link: Link,
  targets: readonly FetchTarget[],
  bounds: Omit<FetchBounds, 'isReadCommitted'>,
  idleMs: number,
): Promise<readonly FetchedTarget[]> => {
  const positions = targets.map(({ cursor, leader }) => ({
    topicId: cursor.log.topicId,
    partition: cursor.log.partition,
    leaderEpoch: leader.leaderEpoch,
    offset: cursor.offset,
    lastFetchedEpoch: cursor.lastFetchedEpoch,
  }))
  const isReadCommitted = targets[0]?.cursor.isolationLevel === 'READ_COMMITTED'
  const { errorCode, partitions } = await link.call(
    fetchRequest(positions, { ...bounds, isReadCommitted }),
    bounds.maxWaitMs + idleMs,
  )
  if (errorCode !== 0) throw kafkaErrorOf(errorCode)
  const byLog = new Map(targets.map(target => [`${target.cursor.log.topicId} ${target.cursor.log.partition}`, target]))
  return partitions.flatMap(answer => {
    const target = byLog.get(`${answer.topicId} ${answer.partition}`)
    return target === undefined ? [] : [{ ...target, answer }]
  })
}
