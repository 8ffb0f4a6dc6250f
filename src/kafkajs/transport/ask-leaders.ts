import { kafkaErrorAbout } from '../../kafka/errors/error-about.ts'
import { asKafkaError, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { partitionText, type TopicPartition } from '../../kafka/topic-partition.ts'
import type { ClusterMap } from './cluster-map.ts'
import { retrying } from './retry.ts'
import { backoffMs, orAborted, pause } from './wait.ts'

/** Bounds of one call. */
export interface LeaderBounds {
  /** For the whole call while no broker answers, in ms. */
  readonly deadlineMs: number
  /** For a partition without a responding leader, in ms. */
  readonly leaderWaitMs: number
  readonly signal?: AbortSignal | undefined
}

/** One pending request; `outcome` is null until it has one. */
interface Item<Question extends TopicPartition, Answer> {
  readonly request: Question
  outcome: Outcome<Answer> | null
  /**
   * Why it has no outcome yet; null before the first attempt. Creating an error for each in advance would cost more
   * than the request.
   */
  failure: KafkaError | null
  /** How often Kafka reported the partition as missing. The first time, the broker may just not know it yet. */
  timesUnknown: number
}

/** One request's items for one leader. */
interface LeaderBatch<T> {
  readonly nodeId: number
  readonly items: readonly T[]
}

/** How to ask the leaders of partitions. */
export interface LeaderTalk<Question extends TopicPartition, Answer> {
  /** Groups items into requests. */
  batches<T extends { readonly request: Question }>(
    led: readonly (readonly [nodeId: number, item: T])[],
  ): readonly LeaderBatch<T>[]
  /** Asks one leader. One outcome per request, in order. May be called again, also for another leader. */
  ask(nodeId: number, questions: readonly Question[]): Promise<readonly Outcome<Answer>[]>
}

const unknown = ({ topic, partition }: TopicPartition): KafkaError =>
  new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `there is no ${partitionText({ topic, partition })}`)

/** The error for a partition without a leader. */
export const leaderless = ({ topic, partition }: TopicPartition): KafkaError =>
  new KafkaError('LEADER_NOT_AVAILABLE', `${partitionText({ topic, partition })} has no leader at the moment`)

const silent = (nodeId: number, cause: KafkaError | null): KafkaError => {
  const why = cause === null ? '' : `: ${cause.message}`
  return new KafkaError('KAFKA_UNAVAILABLE', `the leader, broker ${nodeId}, does not answer${why}`, { cause })
}

/** One request per leader, for all of its partitions. */
export const oneBatchPerLeader = <T>(
  led: readonly (readonly [nodeId: number, item: T])[],
): readonly LeaderBatch<T>[] => {
  const batches = new Map<number, T[]>()
  for (const [nodeId, item] of led) {
    const items = batches.get(nodeId) ?? []
    items.push(item)
    batches.set(nodeId, items)
  }
  return [...batches].map(([nodeId, items]) => ({ nodeId, items }))
}

/** The leader to ask for a partition. If there is none now, returns null and sets the item's failure. */
const leaderFor = <Q extends TopicPartition, A>(cluster: ClusterMap, item: Item<Q, A>): number | null => {
  const { topic, partition } = item.request
  const known = cluster.leaders.topic(topic)
  const leader = cluster.leaders.leaderOf(topic, partition)
  if (leader === undefined || (known?.errorCode ?? 0) !== 0) {
    const failure =
      known === undefined || known.errorCode === 0 ? unknown(item.request) : kafkaErrorAbout({ topic }, known.errorCode)
    const isUnknown = failure.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    item.failure = isUnknown ? unknown(item.request) : failure
    if (isUnknown) item.timesUnknown++
    if (item.timesUnknown > 1 || !failure.retriable) item.outcome = item.failure
    return null
  }
  if (leader.nodeId === null) item.failure = leaderless(item.request)
  return leader.nodeId
}

const settleItem = <Q extends TopicPartition, A>(item: Item<Q, A>, outcome: Outcome<A>): void => {
  if (outcome instanceof KafkaError && outcome.retriable) item.failure = outcome
  else item.outcome = outcome
}

/** What ends the waiting: the caller's signal or the time for leaders. */
interface Patience {
  readonly signal: AbortSignal | undefined
  readonly leaderTime: AbortSignal
  readonly troubleWith: (nodeId: number) => KafkaError | null
}

const askBatch = async <Q extends TopicPartition, A>(
  { nodeId, items }: LeaderBatch<Item<Q, A>>,
  talk: LeaderTalk<Q, A>,
  { signal, leaderTime, troubleWith }: Patience,
): Promise<void> => {
  try {
    const questions = items.map(({ request }) => request)
    const outcomes = await orAborted(orAborted(talk.ask(nodeId, questions), signal), leaderTime)
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index]
      if (outcome !== undefined) settleItem(item, outcome)
    }
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const failure = leaderTime.aborted ? silent(nodeId, troubleWith(nodeId)) : asKafkaError(thrown)
    // The leader has just left the cluster, and another is being elected.
    const isGone = failure.code === 'BROKER_NOT_AVAILABLE'
    for (const item of items) settleItem(item, isGone ? leaderless(item.request) : failure)
  }
}

const attempt = async <Q extends TopicPartition, A>(
  cluster: ClusterMap,
  items: readonly Item<Q, A>[],
  talk: LeaderTalk<Q, A>,
  patience: Patience,
): Promise<void> => {
  const led: [number, Item<Q, A>][] = []
  for (const item of items) {
    const nodeId = leaderFor(cluster, item)
    if (nodeId !== null) led.push([nodeId, item])
  }
  await Promise.all(talk.batches(led).map(batch => askBatch(batch, talk, patience)))
}

/** True if the leader is known, so no metadata request is needed first. */
const hasLeader = (cluster: ClusterMap, { topic, partition }: TopicPartition): boolean =>
  cluster.leaders.topic(topic)?.errorCode === 0 && cluster.leaders.leaderOf(topic, partition)?.nodeId != null

/**
 * One outcome per request, in order, asked of the partitions' leaders. Retries within the bounds if a leader moved or
 * is silent, so it may be used only for requests that may be repeated.
 */
export const askLeaders = async <Q extends TopicPartition, A>(
  cluster: ClusterMap,
  questions: readonly Q[],
  talk: LeaderTalk<Q, A>,
  { deadlineMs, leaderWaitMs, signal }: LeaderBounds,
): Promise<readonly Outcome<A>[]> => {
  let leaderTime: AbortSignal | null = null
  const items: readonly Item<Q, A>[] = questions.map(request => ({
    request,
    outcome: null,
    failure: null,
    timesUnknown: 0,
  }))
  for (let round = 0; ; round++) {
    const open = items.filter(item => item.outcome === null)
    const unclear = open.filter(({ request }) => round > 0 || !hasLeader(cluster, request))
    const topics = [...new Set(unclear.map(({ request }) => request.topic))]
    if (topics.length > 0) await retrying({ deadlineMs, signal }, () => cluster.refresh(topics))
    leaderTime ??= AbortSignal.timeout(leaderWaitMs)
    const troubleWith = (nodeId: number) => cluster.troubleWith(nodeId)
    await attempt(cluster, open, talk, { signal, leaderTime, troubleWith })
    const isDone = items.every(({ outcome }) => outcome !== null)
    if (isDone || leaderTime.aborted)
      return items.map(({ outcome, failure, request }) => outcome ?? failure ?? leaderless(request))
    await pause(backoffMs(round + 1), signal)
    signal?.throwIfAborted()
  }
}
