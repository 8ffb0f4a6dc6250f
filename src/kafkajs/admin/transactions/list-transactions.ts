import {
  asKafkaError,
  isFailure,
  type KafkaError,
  kafkaErrorOf,
  type Outcome,
} from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { TransactionFilter, TransactionList, TransactionListing } from '../../../kafka/ports/transaction-admin.ts'
import { type ListedTransactions, listTransactionsRequest } from '../../requests/transactions/list-transactions.ts'
import { boundsOf } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import type { TransactionAdminLimits } from './transaction-admin-limits.ts'
import { stateOf, wireStateOf } from './transaction-states.ts'

const byId = (one: TransactionListing, other: TransactionListing): number =>
  one.transactionalId < other.transactionalId ? -1 : 1

const listAt = async (
  cluster: ClusterMap,
  nodeId: number,
  filter: TransactionFilter,
  bounds: RetryBounds,
): Promise<ListedTransactions> => {
  const request = listTransactionsRequest({
    states: filter.states.map(wireStateOf),
    producerIds: filter.producerIds,
    minDurationMs: filter.minDurationMs ?? -1,
    transactionalIdPattern: filter.transactionalIdPattern,
  })
  return retrying(bounds, async () => {
    const answer = await cluster.askNode(nodeId, () => request)
    if (answer.errorCode !== 0) throw kafkaErrorOf(answer.errorCode)
    return answer
  })
}

/** The failure to report if all brokers failed. A failure caused by the request itself comes first. */
const commonFailure = (failures: readonly KafkaError[]): KafkaError | undefined =>
  failures.find(({ retriable }) => !retriable) ?? failures[0]

/** The transactions of every broker, asked in parallel. @throws KafkaError if none answers. */
export const listTransactions = async (
  cluster: ClusterMap,
  call: Call,
  filter: TransactionFilter,
  { deadlineMs, brokerMs }: TransactionAdminLimits,
): Promise<TransactionList> => {
  if (cluster.nodeIds.length === 0) await retrying(boundsOf(call, deadlineMs), () => cluster.refresh())
  const bounds = boundsOf(call, Math.min(brokerMs, deadlineMs))
  const answers = await Promise.all(
    cluster.nodeIds.map(async nodeId => {
      const outcome: Outcome<ListedTransactions> = await listAt(cluster, nodeId, filter, bounds).catch(asKafkaError)
      call.signal?.throwIfAborted()
      return { nodeId, outcome }
    }),
  )
  const failures = answers.flatMap(({ nodeId, outcome }) => (isFailure(outcome) ? [{ nodeId, error: outcome }] : []))
  const failure = commonFailure(failures.map(({ error }) => error))
  if (failure !== undefined && failures.length === answers.length) throw failure
  const transactions = answers.flatMap(({ nodeId, outcome }) =>
    isFailure(outcome)
      ? []
      : outcome.transactions.map(({ transactionalId, producerId, state }) => ({
          transactionalId,
          producerId,
          state: stateOf(state),
          coordinator: nodeId,
        })),
  )
  return { transactions: transactions.sort(byId), failures }
}
