import type { TopicDescription } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import type {
  HangingSearch,
  HangingTransaction as HangingTransactionShape,
} from '../../kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput, operationError, translating } from '../failures.ts'
import { KafkaErrorType } from '../mutation-failure.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { everyTopic } from '../passes.ts'
import { objectField, objectRef, parts } from '../schema-part.ts'
import { ProducerState } from './producer-state.ts'

const HangingTransaction = objectRef<HangingTransactionShape>('HangingTransaction').implement({
  description:
    'A transaction that is open in a partition and that no coordinator will ever end: READ_COMMITTED readers wait before it for good, and the log cleaner with them. `abortTransaction` ends it.',
  fields: t => ({
    topicPartition: t.field({ description: 'Where it is open.', type: TopicPartition, resolve: hanging => hanging }),
    producer: t.expose('producer', {
      description: 'Whose it is, and where it begins: the numbers that `abortTransaction` takes.',
      type: ProducerState,
    }),
  }),
})

interface SearchShape extends HangingSearch {
  readonly searched: number
  readonly most: number
}

const HangingTransactionSearch = objectRef<SearchShape>('HangingTransactionSearch').implement({
  description: 'What a search for hanging transactions has found.',
  fields: t => ({
    transactions: t.field({
      description:
        'Those that were found, in the order of their partitions; at most as many as a page of the largest size.',
      type: [HangingTransaction],
      resolve: ({ hanging, most }) => hanging.slice(0, most),
    }),
    totalCount: t.int({ description: 'How many were found.', resolve: ({ hanging }) => hanging.length }),
    searchedPartitions: t.exposeInt('searched', { description: 'How many partitions were searched.' }),
    errors: t.field({
      description: 'Where could not be looked, and why; at most as many as a page of the largest size.',
      type: [KafkaErrorType],
      resolve: ({ failures, most }) =>
        failures.slice(0, most).map(({ topic, partition, error }) => ({
          error: new KafkaError(error.code, `Partition ${partition} of ${topic}: ${error.message}`),
          path: null,
        })),
    }),
  }),
})

interface Where {
  readonly brokerId?: number | null | undefined
  readonly topic?: string | null | undefined
  readonly partition?: number | null | undefined
}

const topicsIn = async ({ topic }: Where, context: GraphQLContext): Promise<readonly TopicDescription[]> => {
  if (typeof topic !== 'string') return everyTopic(context)
  const described = await context.loaders.topic(toTopicName(topic))
  if (described !== null) return [described]
  throw operationError(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${topic}.`))
}

const partitionsIn = async (where: Where, context: GraphQLContext): Promise<readonly TopicPartitionShape[]> => {
  const { partition, brokerId } = where
  const topics = await topicsIn(where, context)
  return topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(one => typeof partition !== 'number' || one.partition === partition)
      .filter(({ replicas }) => typeof brokerId !== 'number' || replicas.includes(brokerId))
      .map(one => ({ topic: name, partition: one.partition })),
  )
}

/** Kafka's tool assumes that no transaction is allowed to last longer: `transaction.max.timeout.ms` is 15 minutes by default. */
const MAX_TRANSACTION_MS = 900_000

const clusterHangingTransactions = objectField(Cluster, 'hangingTransactions', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'Transactions that will never end by themselves, as `kafka-transactions find-hanging` finds them: open in a partition, silent for `minIdle`, and known to no coordinator. A broker or a topic must be named. Null, with an error beside it, when a coordinator does not answer: what it knows of might be taken for hanging.',
    type: HangingTransactionSearch,
    nullable: true,
    args: {
      brokerId: t.arg.int({
        description: 'Only partitions that this broker has a replica of. Their leaders are asked.',
      }),
      topic: t.arg.string({ description: 'Only partitions of this topic.' }),
      partition: t.arg.int({ description: 'Only this partition of the topic.' }),
      minIdle: t.arg({
        type: 'Duration',
        required: true,
        defaultValue: MAX_TRANSACTION_MS,
        description: 'Only those whose producer has written nothing for so long; 15 minutes when left out.',
      }),
    },
    resolve: async (_, { minIdle, ...where }, context): Promise<SearchShape> => {
      if (typeof where.brokerId !== 'number' && typeof where.topic !== 'string')
        throw badInput('topic', 'or brokerId must be given: a search through a whole cluster has no bound.')
      if (typeof where.partition === 'number' && typeof where.topic !== 'string')
        throw badInput('partition', 'needs the topic that it is a part of.')
      const { ports, call, limits } = context
      return translating(async () => {
        const partitions = await partitionsIn(where, context)
        const found = await ports.transactions.findHanging(call, partitions, minIdle)
        return { ...found, searched: partitions.length, most: limits.page.max }
      })
    },
  }),
)

/** What this file adds to a schema. */
export const hangingTransactionsParts = parts(HangingTransaction, HangingTransactionSearch, clusterHangingTransactions)
