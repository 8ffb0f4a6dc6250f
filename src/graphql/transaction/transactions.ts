import { asKafkaError, isFailure, KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { TransactionFilter, TransactionList, TransactionListing } from '../../kafka/ports/transaction-admin.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { badInput, checkTextArgument, operationError, translating } from '../core/errors/failures.ts'
import { type FailureShape, KafkaErrorType } from '../core/outcomes/mutation-failure.ts'
import { checkPage, type ListOrder, type Page, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { inputType, objectField, objectFields, parts } from '../core/schema-part.ts'
import { TransactionStateEnum } from './transaction-state-enum.ts'
import { Transaction } from './transaction-type.ts'

const words = { one: 'transaction', many: 'transactions' }

const order: ListOrder<TransactionListing> = {
  list: 'transactions',
  direction: 'ASC',
  shapes: [['string']],
  keyOf: ({ transactionalId }) => [transactionalId],
}

interface TransactionPage extends Page<TransactionListing> {
  readonly failures?: TransactionList['failures']
}

const TransactionConnection = listConnection<TransactionListing>('Transaction', Transaction, words)

const failuresIn = ({ failures = [] }: TransactionPage): readonly FailureShape[] =>
  failures.map(({ nodeId, error }) => {
    const text = `Broker ${nodeId} did not list the transactions that it coordinates: ${error.message}`
    return { error: new KafkaError(asKafkaError(error).code, text), path: null }
  })

const transactionConnectionErrors = objectField(TransactionConnection, 'errors', t =>
  t.field({
    description:
      'Why transactions may be missing: a broker that does not answer hides those that it coordinates. Empty if the list is complete.',
    type: [KafkaErrorType],
    resolve: page => failuresIn(page),
  }),
)

const TransactionFilterInput = inputType('TransactionFilter', {
  description: 'Selects transactions. A transaction must match every condition that is given.',
  fields: t => ({
    states: t.field({ type: [TransactionStateEnum], description: 'Only transactions in one of these states.' }),
    producerIds: t.field({ type: ['Long'], description: 'Only transactions of producers with one of these ids.' }),
    minDuration: t.field({
      type: 'Duration',
      description: 'Only open transactions that started at least this long ago.',
    }),
    transactionalIdPattern: t.string({
      description:
        'Only transactions whose whole transactional id matches this regular expression in RE2 syntax. Requires Kafka 4.1 or newer; older versions answer UNSUPPORTED_VERSION.',
    }),
  }),
})

type FilterInput = typeof TransactionFilterInput.$inferInput | null | undefined

const filterOf = (input: FilterInput, max: number): TransactionFilter => {
  const { states, producerIds, minDuration, transactionalIdPattern } = input ?? {}
  if ((states?.length ?? 0) + (producerIds?.length ?? 0) > max) throw badInput('filter', `takes at most ${max} values.`)
  checkTextArgument('filter.transactionalIdPattern', transactionalIdPattern ?? '')
  return {
    states: [...new Set(states ?? [])],
    producerIds: producerIds ?? [],
    minDurationMs: minDuration ?? null,
    transactionalIdPattern: transactionalIdPattern ?? null,
  }
}

const clusterFields = objectFields(Cluster, t => ({
  transactions: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The transactional ids that coordinators know, each with its newest transaction, page by page, as `kafka-transactions list` shows them. All brokers are asked in parallel. Null with an error if no broker answers.',
    type: TransactionConnection,
    nullable: true,
    args: {
      ...pageArguments(t.arg, words),
      filter: t.arg({ type: TransactionFilterInput, description: 'Which transactions to list. Default: all.' }),
    },
    resolve: async (_, { filter, ...page }, context): Promise<TransactionPage> => {
      const { ports, call, limits } = context
      checkPage(order, page, limits)
      const wanted = filterOf(filter, limits.page.max)
      const found = await translating(() => ports.transactions.listTransactions(call, wanted))
      return { ...(await pageOfMany(found.transactions, order, page, context)), failures: found.failures }
    },
  }),
  transaction: t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The newest transaction of one transactional id, as `kafka-transactions describe` shows it; null if no coordinator knows the id.',
    type: Transaction,
    nullable: true,
    args: { transactionalId: t.arg.string({ required: true, description: 'The `transactional.id` of a producer.' }) },
    resolve: async (_, { transactionalId }, { ports, call }) => {
      if (transactionalId === '')
        throw badInput('transactionalId', 'is empty: give the `transactional.id` of a producer.')
      checkTextArgument('transactionalId', transactionalId)
      const [found] = await translating(() => ports.transactions.describeTransactions(call, [transactionalId]))
      if (found === undefined || !isFailure(found)) return found ?? null
      if (found.code === 'TRANSACTIONAL_ID_NOT_FOUND') return null
      throw operationError(found)
    },
  }),
}))

/** What this file adds to a schema. */
export const transactionsParts = parts(
  TransactionConnection,
  transactionConnectionErrors,
  TransactionFilterInput,
  clusterFields,
)
