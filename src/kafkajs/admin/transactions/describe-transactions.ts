import { knownEpochMs } from '../../../kafka/epoch-ms.ts'
import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { TransactionDescription } from '../../../kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import { byTopicThenPartition } from '../../../kafka/topic-partition.ts'
import { findCoordinatorsRequest } from '../../requests/cluster/find-coordinator.ts'
import {
  type DescribedTransaction,
  describeTransactionsRequest,
} from '../../requests/transactions/describe-transactions.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { deadlineIn } from '../../transport/deadline.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import { backoffMs, pause } from '../../transport/wait.ts'
import { stateOf } from './transaction-states.ts'

type Answers = Map<string, Outcome<TransactionDescription>>

const descriptionOf = (coordinator: number, described: DescribedTransaction): Outcome<TransactionDescription> => {
  const { errorCode, transactionalId, state, timeoutMs, startTime, producerId, producerEpoch, topics } = described
  if (errorCode !== 0) return kafkaErrorAbout({ transactionalId }, errorCode)
  const topicPartitions = topics
    .flatMap(({ topic, partitions }) => partitions.map(partition => ({ topic: toTopicName(topic), partition })))
    .sort(byTopicThenPartition)
  return {
    transactionalId,
    state: stateOf(state),
    timeoutMs,
    startTime: knownEpochMs(startTime),
    producerId,
    producerEpoch,
    coordinator,
    topicPartitions,
  }
}

/** Asks each id's coordinator, with one request per coordinator. */
const askOnce = async (cluster: ClusterMap, ids: readonly string[], bounds: RetryBounds, answers: Answers) => {
  const found = await retrying(bounds, () => cluster.askAny(() => findCoordinatorsRequest('TRANSACTION', ids)))
  const byNode = new Map<number, string[]>()
  for (const { key, errorCode, errorMessage, nodeId } of found) {
    if (errorCode !== 0) answers.set(key, kafkaErrorAbout({ transactionalId: key }, errorCode, errorMessage))
    else byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), key])
  }
  await Promise.all(
    [...byNode].map(async ([nodeId, keys]) => {
      try {
        const described = await cluster.askNode(nodeId, () => describeTransactionsRequest(keys))
        for (const one of described) answers.set(one.transactionalId, descriptionOf(nodeId, one))
      } catch (thrown) {
        for (const key of keys) answers.set(key, asKafkaError(thrown))
      }
    }),
  )
}

const mayPass = (outcome: Outcome<unknown> | undefined): boolean =>
  outcome instanceof KafkaError && (outcome.retriable || outcome.code === 'BROKER_NOT_AVAILABLE')

/** One outcome per id, in order. Waits within the bounds for a coordinator that moves or loads. */
export const describeTransactions = async (
  cluster: ClusterMap,
  transactionalIds: readonly string[],
  { deadlineMs, signal }: RetryBounds,
): Promise<readonly Outcome<TransactionDescription>[]> => {
  const answers: Answers = new Map()
  const deadline = deadlineIn(deadlineMs)
  let open = [...new Set(transactionalIds)]
  for (let round = 1; open.length > 0; round++) {
    await askOnce(cluster, open, { deadlineMs: Math.max(deadline.leftMs, 1), signal }, answers)
    open = open.filter(id => mayPass(answers.get(id)))
    if (open.length === 0 || deadline.leftMs === 0) break
    await pause(backoffMs(round), signal)
    signal?.throwIfAborted()
  }
  return transactionalIds.map(
    id => answers.get(id) ?? new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain ${id}`),
  )
}
