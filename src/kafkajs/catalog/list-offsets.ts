import { asKafkaError, KafkaError, kafkaErrorOf, type Outcome } from '../../kafka/kafka-error.ts'
import type { OffsetFound, OffsetRequest } from '../../kafka/ports.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { retrying } from '../connection/retry.ts'
import { backoffMs, orAborted, pause } from '../connection/wait.ts'
import { listOffsetsRequest } from '../protocol/list-offsets.ts'
import { batchesOf, type OffsetBatch, offsetFoundOf, partitionKey, topicsOf } from './offset-batches.ts'

/** Bounds of one call. */
export interface ListOffsetsBounds {
  /** For the whole call while no broker answers at all, ms. */
  readonly deadlineMs: number
  /** For a partition without a leader that answers, ms. */
  readonly leaderWaitMs: number
  readonly signal?: AbortSignal | undefined
}

/** One question on its way: no outcome yet while `outcome` is null. */
interface Item {
  readonly request: OffsetRequest
  outcome: Outcome<OffsetFound> | null
  /** Why it has no outcome yet. */
  failure: KafkaError
  /** How often Kafka said that there is no such partition: once may be a broker that has not heard of it. */
  timesUnknown: number
}

const unknown = ({ topic, partition }: OffsetRequest): KafkaError =>
  new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `there is no partition ${partition} of topic ${topic}`)

const leaderless = ({ topic, partition }: OffsetRequest): KafkaError =>
  new KafkaError('LEADER_NOT_AVAILABLE', `partition ${partition} of topic ${topic} has no leader now`)

const silent = (nodeId: number): KafkaError =>
  new KafkaError('KAFKA_UNAVAILABLE', `broker ${nodeId}, the leader, does not answer`)

/** The partition's leader to ask; null when there is none to ask now, and the item says why. */
const leaderFor = (cluster: ClusterMap, item: Item): number | null => {
  const { topic, partition } = item.request
  const known = cluster.leaders.topic(topic)
  const leader = cluster.leaders.leaderOf(topic, partition)
  if (leader === undefined || (known?.errorCode ?? 0) !== 0) {
    item.failure = known === undefined || known.errorCode === 0 ? unknown(item.request) : kafkaErrorOf(known.errorCode)
    if (item.failure.code === 'UNKNOWN_TOPIC_OR_PARTITION') {
      item.failure = unknown(item.request)
      item.timesUnknown++
    }
    if (item.timesUnknown > 1 || !item.failure.retriable) item.outcome = item.failure
    return null
  }
  if (leader.nodeId === null) item.failure = leaderless(item.request)
  return leader.nodeId
}

const settleItem = (item: Item, outcome: Outcome<OffsetFound>): void => {
  if (outcome instanceof KafkaError && outcome.retriable) item.failure = outcome
  else item.outcome = outcome
}

/** What ends the waiting: the caller, or a leader's time. */
interface Patience {
  readonly signal: AbortSignal | undefined
  readonly leaderTime: AbortSignal
}

const askBatch = async (
  cluster: ClusterMap,
  batch: OffsetBatch<Item>,
  { signal, leaderTime }: Patience,
): Promise<void> => {
  const topics = topicsOf([...batch.items.values()].map(({ request }) => request))
  try {
    const asking = cluster.askNode(batch.nodeId, () => listOffsetsRequest(topics, batch.isolationLevel))
    for (const answer of await orAborted(orAborted(asking, signal), leaderTime)) {
      const item = batch.items.get(partitionKey(answer.topic, answer.partition))
      if (item) settleItem(item, answer.errorCode === 0 ? offsetFoundOf(answer) : kafkaErrorOf(answer.errorCode))
    }
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const failure = leaderTime.aborted ? silent(batch.nodeId) : asKafkaError(thrown)
    // A leader that has just left the cluster: another one is being elected.
    const isGone = failure.code === 'BROKER_NOT_AVAILABLE'
    for (const item of batch.items.values()) settleItem(item, isGone ? leaderless(item.request) : failure)
  }
}

const attempt = async (cluster: ClusterMap, items: readonly Item[], patience: Patience): Promise<void> => {
  const led: [number, Item][] = []
  for (const item of items) {
    const nodeId = leaderFor(cluster, item)
    if (nodeId !== null) led.push([nodeId, item])
  }
  await Promise.all(batchesOf(led).map(batch => askBatch(cluster, batch, patience)))
}

/** True when the leader is known well enough to be asked without asking for it first. */
const hasLeader = (cluster: ClusterMap, { topic, partition }: OffsetRequest): boolean =>
  cluster.leaders.topic(topic)?.errorCode === 0 && cluster.leaders.leaderOf(topic, partition)?.nodeId != null

/**
 * One outcome for each request, in order; one ListOffsets request a leader for all of its partitions. Nothing is cached
 * and no answer is shared: an offset read after a produce shows it.
 */
export const listOffsets = async (
  cluster: ClusterMap,
  requests: readonly OffsetRequest[],
  { deadlineMs, leaderWaitMs, signal }: ListOffsetsBounds,
): Promise<readonly Outcome<OffsetFound>[]> => {
  let leaderTime: AbortSignal | null = null
  const items: readonly Item[] = requests.map(request => ({
    request,
    outcome: null,
    failure: leaderless(request),
    timesUnknown: 0,
  }))
  for (let round = 0; ; round++) {
    const open = items.filter(item => item.outcome === null)
    const unclear = open.filter(({ request }) => round > 0 || !hasLeader(cluster, request))
    const topics = [...new Set(unclear.map(({ request }) => request.topic))]
    if (topics.length > 0) await retrying({ deadlineMs, signal }, () => cluster.refresh(topics))
    leaderTime ??= AbortSignal.timeout(leaderWaitMs)
    await attempt(cluster, open, { signal, leaderTime })
    const isDone = items.every(({ outcome }) => outcome !== null)
    if (isDone || leaderTime.aborted) return items.map(({ outcome, failure }) => outcome ?? failure)
    await pause(backoffMs(round + 1), signal)
    signal?.throwIfAborted()
  }
}
