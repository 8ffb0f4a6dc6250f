import DataLoader from 'dataloader'
import type { TransactionDescription, TransactionListing } from '../../kafka/ports/transaction-admin.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { type MakeShared, orError } from '../core/loaders.ts'
import { NO_DATE, writableTime } from '../core/scalars/date-time.ts'
import { objectRef } from '../core/schema-part.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { TransactionStateEnum } from './transaction-state-enum.ts'

const descriptions: MakeShared<DataLoader<string, TransactionDescription>> = ({ transactions }, call, schedule) =>
  new DataLoader<string, TransactionDescription>(
    ids => translating(async () => (await transactions.describeTransactions(call, ids)).map(orError)),
    schedule,
  )

const describe = ({ transactionalId }: TransactionListing, { loaders }: GraphQLContext) =>
  loaders.shared(descriptions).load(transactionalId)

const orGone = 'Null with an error if its coordinator does not report it.'

export const Transaction = objectRef<TransactionListing>('Transaction').implement({
  description:
    'The newest transaction of a transactional id. In a transaction a producer writes messages to several partitions; then its coordinator, a broker, writes a marker to each of them. READ_COMMITTED readers see the messages only after the marker, all of them or none.',
  fields: t => ({
    transactionalId: t.exposeString('transactionalId', {
      description: 'The id that its producer chose (`transactional.id`). It identifies the producer across restarts.',
    }),
    state: t.expose('state', { description: 'The state of the transaction.', type: TransactionStateEnum }),
    producerId: t.expose('producerId', {
      description: 'The id that Kafka gave to its producer. Its messages carry it.',
      type: 'Long',
    }),
    coordinator: t.field({
      description: 'The broker that coordinates it; null if that broker has left the cluster.',
      type: Broker,
      nullable: true,
      resolve: ({ coordinator }, _, context) => findBroker(coordinator, context),
    }),
    producerEpoch: t.int({
      description: `How often a producer with this id has restarted. Kafka refuses older producers. ${orGone}`,
      nullable: true,
      resolve: async (transaction, _, context) => (await describe(transaction, context)).producerEpoch,
    }),
    transactionTimeoutMs: t.field({
      description: `The time after which the coordinator aborts it, in milliseconds. ${orGone}`,
      type: 'Long',
      nullable: true,
      resolve: async (transaction, _, context) => BigInt((await describe(transaction, context)).timeoutMs),
    }),
    startTime: t.field({
      description: `When it started; null if no transaction is open. ${NO_DATE} ${orGone}`,
      type: 'DateTime',
      nullable: true,
      resolve: async (transaction, _, context) => writableTime((await describe(transaction, context)).startTime),
    }),
    topicPartitions: t.field({
      description: `The partitions that it has written to and that have no marker of it yet. ${orGone}`,
      type: [TopicPartition],
      nullable: true,
      resolve: async (transaction, _, context) => (await describe(transaction, context)).topicPartitions,
    }),
  }),
})
