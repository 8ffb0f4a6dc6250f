import type { TransactionAdmin } from '../../../kafka/ports/transaction-admin.ts'
import { boundsOf } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
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
    listTransactions: (call, filter) => listTransactions(cluster, call, filter, limits),
    describeTransactions: (call, ids) =>
      ids.length === 0 ? Promise.resolve([]) : describeTransactions(cluster, ids, boundsOf(call, deadlineMs)),
    describeProducers: (call, partitions) => describeProducers(cluster, call, partitions, limits),
  }
  return {
    ...reads,
    findHanging: (call, partitions, minIdleMs) => findHanging(reads, call, partitions, minIdleMs),
    abortTransaction: (call, request) => abortTransaction(cluster, request, boundsOf(call, deadlineMs)),
  }
}
