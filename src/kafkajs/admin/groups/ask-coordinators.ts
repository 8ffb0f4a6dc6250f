import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import type { GroupParts } from './group-parts.ts'

/** A response grows with its groups, so many groups are split over several requests. */
const MAX_GROUPS_A_REQUEST = 500

/** Groups that share a request: same coordinator, same kind. */
export interface GroupBatch {
  readonly nodeId: number
  readonly kind: string
  readonly groupIds: readonly string[]
  /**
   * Call right before a change is sent. From then on a lost response means OUTCOME_UNKNOWN. Throws if it is too late to
   * send.
   */
  readonly onSend: () => void
}

/** A request or change for groups, to be sent to each group's coordinator. */
export interface GroupQuestion<T> {
  readonly groupIds: readonly string[]
  /** Default: all groups are of one kind. */
  readonly kindOf?: (groupId: string) => string
  /** Sends one request to one broker. The result may omit groups. */
  readonly ask: (batch: GroupBatch) => Promise<ReadonlyMap<string, Outcome<T>>>
  /** Whether to retry a group after this failure. Default: after retriable ones. */
  readonly mayRepeat?: (failure: KafkaError) => boolean
}

/** The groups without an outcome, each with its last failure, and the outcomes so far. */
interface Progress<T> {
  readonly open: Map<string, KafkaError | null>
  readonly outcomes: Map<string, Outcome<T>>
}

interface Batch extends Pick<GroupBatch, 'nodeId' | 'kind'> {
  readonly groupIds: string[]
}

const mayPass = ({ retriable }: KafkaError): boolean => retriable

const settle = <T>(
  { open, outcomes }: Progress<T>,
  groupId: string,
  outcome: Outcome<T>,
  mayRepeat: (failure: KafkaError) => boolean = mayPass,
): void => {
  if (isFailure(outcome) && mayRepeat(outcome)) {
    open.set(groupId, outcome)
    return
  }
  open.delete(groupId)
  outcomes.set(groupId, outcome)
}

/** A broker that left the cluster is no coordinator any more; another one takes over. */
const failureOf = (thrown: unknown): KafkaError => {
  const failure = asKafkaError(thrown)
  if (failure.code !== 'BROKER_NOT_AVAILABLE') return failure
  return new KafkaError('COORDINATOR_NOT_AVAILABLE', failure.message, { cause: failure })
}

/** The outcome of a change that was sent without a response. */
export const lostAnswer = (cause?: unknown): KafkaError =>
  new KafkaError('OUTCOME_UNKNOWN', 'the change was sent to the coordinator but the response was lost', { cause })

const unanswered = (groupId: string): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', `the coordinator did not answer for ${groupWords(groupId)}`)

/** One request per coordinator and kind, split by size. */
const batchesOf = <T>(
  { kindOf = () => '' }: GroupQuestion<T>,
  found: ReadonlyMap<string, Outcome<number>>,
  progress: Progress<T>,
): readonly Batch[] => {
  const last = new Map<string, Batch>()
  const batches: Batch[] = []
  for (const [groupId, nodeId] of found) {
    if (isFailure(nodeId)) {
      settle(progress, groupId, nodeId)
      continue
    }
    const kind = kindOf(groupId)
    const key = `${nodeId} ${kind}`
    let batch = last.get(key)
    if (batch === undefined || batch.groupIds.length === MAX_GROUPS_A_REQUEST) {
      batch = { nodeId, kind, groupIds: [] }
      last.set(key, batch)
      batches.push(batch)
    }
    batch.groupIds.push(groupId)
  }
  return batches
}

const askOnce = async <T>(
  { cluster, coordinators }: GroupParts,
  question: GroupQuestion<T>,
  progress: Progress<T>,
  signal: AbortSignal,
): Promise<void> => {
  const found = await coordinators.find([...progress.open.keys()])
  // The broker is new to this process, or this process has just started.
  const isNew = (nodeId: Outcome<number>) => !isFailure(nodeId) && cluster.addressOf(nodeId) === undefined
  if ([...found.values()].some(isNew)) await cluster.refresh()
  const askBatch = async (batch: Batch): Promise<void> => {
    const { groupIds } = batch
    const onSend = () => {
      signal.throwIfAborted()
      for (const groupId of groupIds) progress.open.set(groupId, lostAnswer())
    }
    try {
      const answers = await question.ask({ ...batch, onSend })
      for (const groupId of groupIds) {
        settle(progress, groupId, answers.get(groupId) ?? unanswered(groupId), question.mayRepeat)
      }
    } catch (thrown) {
      const failure = failureOf(thrown)
      for (const groupId of groupIds) settle(progress, groupId, failure)
      cluster.refreshSoon()
    }
  }
  await Promise.all(batchesOf(question, found, progress).map(askBatch))
  coordinators.forget(progress.open.keys())
}

/**
 * One outcome per group, asked of its coordinator with retries. After a failure the coordinator is looked up again. A
 * silent coordinator delays the other groups by at most `brokerMs`, and fails only its own.
 */
export const askCoordinators = async <T>(
  parts: GroupParts,
  question: GroupQuestion<T>,
  bounds: RetryBounds,
): Promise<ReadonlyMap<string, Outcome<T>>> => {
  const { brokerMs } = parts.limits
  const progress: Progress<T> = { open: new Map(question.groupIds.map(id => [id, null])), outcomes: new Map() }
  const startedAt = performance.now()
  const isPatienceOver = () => progress.outcomes.size > 0 && performance.now() - startedAt > brokerMs
  let ended: KafkaError | null = null
  try {
    await retrying(bounds, async bound => {
      if (progress.open.size > 0) await askOnce(parts, question, progress, bound)
      const [failure] = progress.open.values()
      if (failure != null && !isPatienceOver()) throw failure
    })
  } catch (thrown) {
    if (bounds.signal?.aborted) throw thrown
    ended = asKafkaError(thrown)
  }
  const left = [...progress.open].map(
    ([groupId, failure]) => [groupId, failure ?? ended ?? unanswered(groupId)] as const,
  )
  // A copy, so that requests still pending at the deadline cannot change it.
  return new Map([...progress.outcomes, ...left])
}
