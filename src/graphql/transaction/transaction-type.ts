import DataLoader from 'dataloader'
import type { TransactionDescription, TransactionListing } from '../../kafka/ports/transaction-admin.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import { type MakeShared, orError } from '../loaders.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { NO_DATE, writableTime } from '../scalars/date-time.ts'
import { objectRef } from '../schema-part.ts'
import { TransactionStateEnum } from './transaction-state-enum.ts'

const descriptions: MakeShared<DataLoader<string, TransactionDescription>> = ({ transactions }, call, schedule) =>
  new DataLoader<string, TransactionDescription>(
    ids => translating(async () => (await transactions.describeTransactions(call, ids)).map(orError)),
    schedule,
  )

const describe = ({ transactionalId }: TransactionListing, { loaders }: GraphQLContext) =>
  loaders.shared(descriptions).load(transactionalId)

const orGone = 'Null, with an error beside it, when its coordinator does not tell.'

/** The newest transaction of a transactional id. */
export const Transaction = objectRef<TransactionListing>('Transaction').implement({
  description:
    'The newest transaction of a transactional id. A producer writes messages to several partitions in a transaction; its coordinator, a broker, then writes a marker to each of them, and only with it do READ_COMMITTED readers see the messages, all or none.',
  fields: t => ({
    transactionalId: t.exposeString('transactionalId', {
      description:
        'The id that its producer chose (`transactional.id`), by which a restarted producer is told from a new one.',
    }),
    state: t.expose('state', { description: 'What it is doing.', type: TransactionStateEnum }),
    producerId: t.expose('producerId', {
      description: 'The number that Kafka gave its producer; the messages bear it.',
      type: 'Long',
    }),
    coordinator: t.field({
      description: 'The broker that coordinates it; null when it has left the cluster meanwhile.',
      type: Broker,
      nullable: true,
      resolve: ({ coordinator }, _, context) => findBroker(coordinator, context),
    }),
    producerEpoch: t.int({
      description: `How often a producer with this id has begun anew; Kafka refuses older ones. ${orGone}`,
      nullable: true,
      resolve: async (transaction, _, context) => (await describe(transaction, context)).producerEpoch,
    }),
    transactionTimeoutMs: t.field({
      description: `After so many milliseconds its coordinator aborts it by itself. ${orGone}`,
      type: 'Long',
      nullable: true,
      resolve: async (transaction, _, context) => BigInt((await describe(transaction, context)).timeoutMs),
    }),
    startTime: t.field({
      description: `When it began; null while none is going on. ${NO_DATE} ${orGone}`,
      type: 'DateTime',
      nullable: true,
      resolve: async (transaction, _, context) => writableTime((await describe(transaction, context)).startTime),
    }),
    topicPartitions: t.field({
      description: `The partitions that it writes to and that have no marker of it yet. ${orGone}`,
      type: [TopicPartition],
      nullable: true,
      resolve: async (transaction, _, context) => (await describe(transaction, context)).topicPartitions,
    }),
  }),
})
