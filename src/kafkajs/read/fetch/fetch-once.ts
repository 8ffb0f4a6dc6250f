import { kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import {
  FETCH,
  FETCH_BY_ID,
  FETCH_VERSIONS,
  type FetchBounds,
  type FetchedPartition,
  fetchRequest,
} from '../../requests/messages/fetch.ts'
import type { Leader } from '../../transport/leader-table.ts'
import type { Link } from '../../transport/link.ts'
import { pickVersion } from '../../wire/api-request.ts'
import { confirmTopics } from './confirm-topics.ts'
import type { LogPosition } from './log-position.ts'

/** A position, and its partition's leader at the time of the fetch. */
export interface FetchTarget {
  readonly position: LogPosition
  readonly leader: Leader
}

/** The response for one position. */
export interface FetchedTarget extends FetchTarget {
  readonly answer: FetchedPartition
}

/** By id: two topics of one name are not the same log. */
const keyOf = ({ topicId, partition }: { readonly topicId: string; readonly partition: number }): string =>
  `${topicId} ${partition}`

const positionOf = ({ position, leader }: FetchTarget) => ({
  topic: position.log.topic,
  topicId: position.log.topicId,
  partition: position.log.partition,
  leaderEpoch: leader.leaderEpoch,
  offset: position.offset,
  lastFetchedEpoch: position.lastFetchedEpoch,
})

/**
 * Below v13 a fetch by name can mean only one topic of each name. A recreated topic and its predecessor are fetched in
 * turn.
 */
const oneOfEachName = (targets: readonly FetchTarget[]): readonly FetchTarget[] => {
  const ids = new Map(targets.map(({ position }) => [position.log.topic, position.log.topicId]))
  return targets.filter(({ position }) => ids.get(position.log.topic) === position.log.topicId)
}

/**
 * Sends one Fetch for all targets of one leader, in the newest version that the broker supports.
 * @throws KafkaError if the broker or the connection fails; UNSUPPORTED_VERSION.
 */
export const fetchOnce = async (
  link: Link,
  targets: readonly FetchTarget[],
  bounds: Omit<FetchBounds, 'isReadCommitted'>,
  idleMs: number,
): Promise<readonly FetchedTarget[]> => {
  const version = pickVersion(link.versions, FETCH, 'Fetch', FETCH_VERSIONS)
  const isById = version >= FETCH_BY_ID
  const asked = isById ? targets : oneOfEachName(targets)
  const isReadCommitted = targets[0]?.position.isolationLevel === 'READ_COMMITTED'
  const request = fetchRequest(asked.map(positionOf), { ...bounds, isReadCommitted }, version)
  const { errorCode, partitions } = await link.call(request, bounds.maxWaitMs + idleMs)
  if (errorCode !== 0) throw kafkaErrorOf(errorCode)
  const answers = isById ? partitions : await confirmTopics(link, asked, partitions, idleMs)
  const byLog = new Map(asked.map(target => [keyOf(target.position.log), target]))
  return answers.flatMap(answer => {
    const target = byLog.get(keyOf(answer))
    return target === undefined ? [] : [{ ...target, answer }]
  })
}
