import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import { retrying } from '../connection/retry.ts'
import type { GroupParts } from './group-parts.ts'

/** A broker's answer is as large as the groups in it: many groups are asked for in several requests. */
const MAX_GROUPS_A_REQUEST = 500

/** A question about groups, put to the coordinator of each. */
export interface GroupQuestion<T> {
  readonly groupIds: readonly string[]
  /** Groups of one kind share a request. */
  readonly kindOf: (groupId: string) => string
  /** One request to one broker; it may leave groups out. */
  readonly ask: (nodeId: number, kind: string, groupIds: readonly string[]) => Promise<ReadonlyMap<string, Outcome<T>>>
}

/** The groups without an outcome yet, each with its last failure, and the outcomes. */
interface Progress<T> {
  readonly open: Map<string, KafkaError | null>
  readonly outcomes: Map<string, Outcome<T>>
}

interface Batch {
  readonly nodeId: number
  readonly kind: string
  readonly groupIds: string[]
}

const settle = <T>({ open, outcomes }: Progress<T>, groupId: string, outcome: Outcome<T>): void => {
  if (isFailure(outcome) && outcome.retriable) {
    open.set(groupId, outcome)
    return
  }
  open.delete(groupId)
  outcomes.set(groupId, outcome)
}

/** A broker that has left the cluster coordinates nothing: another one takes over. */
const failureOf = (thrown: unknown): KafkaError => {
  const failure = asKafkaError(thrown)
  if (failure.code !== 'BROKER_NOT_AVAILABLE') return failure
  return new KafkaError('COORDINATOR_NOT_AVAILABLE', failure.message, { cause: failure })
}

const unanswered = (groupId: string): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', `the coordinator did not answer for group ${groupId}`)

/** One request a coordinator and kind, as long as they are not too large. */
const batchesOf = <T>(
  { kindOf }: GroupQuestion<T>,
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
): Promise<void> => {
  const found = await coordinators.find([...progress.open.keys()])
  const askBatch = async ({ nodeId, kind, groupIds }: Batch): Promise<void> => {
    try {
      const answers = await question.ask(nodeId, kind, groupIds)
      for (const groupId of groupIds) settle(progress, groupId, answers.get(groupId) ?? unanswered(groupId))
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
 * One outcome for each group, asked of its coordinator until it answers; after a failure the coordinator is looked for
 * again. One that stays silent keeps the groups of the others waiting for `brokerMs` at most, and fails its own only.
 */
export const askCoordinators = async <T>(
  parts: GroupParts,
  question: GroupQuestion<T>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Outcome<T>>> => {
  const { deadlineMs, brokerMs } = parts.limits
  const progress: Progress<T> = { open: new Map(question.groupIds.map(id => [id, null])), outcomes: new Map() }
  const startedAt = performance.now()
  const isPatienceOver = () => progress.outcomes.size > 0 && performance.now() - startedAt > brokerMs
  let ended: KafkaError | null = null
  try {
    await retrying({ deadlineMs, signal }, async () => {
      if (progress.open.size > 0) await askOnce(parts, question, progress)
      const [failure] = progress.open.values()
      if (failure != null && !isPatienceOver()) throw failure
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    ended = asKafkaError(thrown)
  }
  for (const [groupId, failure] of progress.open) {
    progress.outcomes.set(groupId, failure ?? ended ?? unanswered(groupId))
  }
  return progress.outcomes
}
