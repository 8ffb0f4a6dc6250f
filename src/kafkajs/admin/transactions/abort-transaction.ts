import { asKafkaError, isFailure, KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { AbortRequest } from '../../../kafka/ports/transaction-admin.ts'
import { partitionText, type TopicPartition } from '../../../kafka/topic-partition.ts'
import { abortMarkerRequest } from '../../requests/transactions/write-txn-markers.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { deadlineIn } from '../../transport/deadline.ts'
import { isUnsent, type Link } from '../../transport/link.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import { backoffMs, orAborted, pause } from '../../transport/wait.ts'

/** With these errors the broker states that it wrote nothing. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
])

/** Opens a connection to the partition's leader. @throws KafkaError. */
const linkToLeader = async (cluster: ClusterMap, { topic, partition }: TopicPartition): Promise<Link> => {
  await cluster.refresh([topic])
  const known = cluster.leaders.topic(topic)
  if (known !== undefined && known.errorCode !== 0) throw kafkaErrorOf(known.errorCode)
  const leader = cluster.leaders.leaderOf(topic, partition)
  if (leader === undefined)
    throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `there is no ${partitionText({ topic, partition })}`)
  const address = leader.nodeId === null ? undefined : cluster.addressOf(leader.nodeId)
  if (address === undefined) throw new KafkaError('LEADER_NOT_AVAILABLE')
  return cluster.links.get(address, 'admin')
}

/** Retries linkToLeader within the bounds. A partition missing in two responses does not exist. */
const linkWithin = (cluster: ClusterMap, at: TopicPartition, bounds: RetryBounds): Promise<Outcome<Link>> => {
  let timesUnknown = 0
  return retrying(bounds, async () => {
    try {
      return await linkToLeader(cluster, at)
    } catch (thrown) {
      const isUnknown = thrown instanceof KafkaError && thrown.code === 'UNKNOWN_TOPIC_OR_PARTITION'
      if (isUnknown && ++timesUnknown > 1) return thrown
      throw thrown
    }
  })
}

const send = async (
  link: Link,
  abort: AbortRequest,
  leftMs: number,
  signal?: AbortSignal,
): Promise<KafkaError | null> => {
  try {
    const { errorCode } = await orAborted(link.call(abortMarkerRequest(abort), leftMs), signal)
    return errorCode === 0 ? null : kafkaErrorOf(errorCode)
  } catch (thrown) {
    const cause = asKafkaError(thrown)
    if (signal?.aborted || isUnsent(cause)) throw cause
    const text = 'the marker was sent but the response was lost: it may or may not have been written'
    throw new KafkaError('OUTCOME_UNKNOWN', text, { cause })
  }
}

/**
 * Writes an abort marker through the partition's leader. Sends it again only if a broker answered that it does not
 * lead.
 */
export const abortTransaction = async (
  cluster: ClusterMap,
  abort: AbortRequest,
  { deadlineMs, signal }: RetryBounds,
): Promise<Outcome<TopicPartition>> => {
  const deadline = deadlineIn(deadlineMs)
  const left = () => Math.max(deadline.leftMs, 1)
  for (let attempts = 1; ; attempts++) {
    try {
      const link = await linkWithin(cluster, abort, { deadlineMs: left(), signal })
      if (isFailure(link)) return link
      const failure = await send(link, abort, left(), signal)
      if (failure === null) return { topic: abort.topic, partition: abort.partition }
      if (!ELSEWHERE.has(failure.code) || deadline.leftMs === 0) return failure
    } catch (thrown) {
      signal?.throwIfAborted()
      return asKafkaError(thrown)
    }
    await pause(backoffMs(attempts), signal)
    signal?.throwIfAborted()
  }
}
