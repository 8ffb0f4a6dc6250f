import type { TransactionAdmin } from '../../kafka/transaction-admin.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { abortTransaction } from './abort-transaction.ts'
import { describeProducers } from './describe-producers.ts'
import { describeTransactions } from './describe-transactions.ts'
import { findHanging } from './find-hanging.ts'
import { listTransactions } from './list-transactions.ts'
import type { TransactionAdminLimits } from './transaction-admin-limits.ts'

/** Dependencies of the transaction admin. */
export interface TransactionAdminParts {
  readonly cluster: ClusterMap
  readonly limits: TransactionAdminLimits
}

/** Reads transactions and aborts hanging ones. Nothing is cached, because transactions last only seconds. */
export const createTransactionAdmin = ({ cluster, limits }: TransactionAdminParts): TransactionAdmin => {
  const { deadlineMs } = limits
  const reads: Omit<TransactionAdmin, 'findHanging' | 'abortTransaction'> = {
    listTransactions: (filter, { signal } = {}) => listTransactions(cluster, filter, limits, signal),
    describeTransactions: (ids, { signal } = {}) =>
      ids.length === 0 ? Promise.resolve([]) : describeTransactions(cluster, ids, { deadlineMs, signal }),
    describeProducers: (partitions, { signal } = {}) => describeProducers(cluster, partitions, limits, signal),
  }
  return {
    ...reads,
    findHanging: (partitions, minIdleMs, { signal } = {}) => findHanging(reads, partitions, minIdleMs, signal),
    abortTransaction: (request, { signal } = {}) => abortTransaction(cluster, request, { deadlineMs, signal }),
  }
}
