import type { TopicDescription } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type {
  HangingSearch,
  HangingTransaction as HangingTransactionShape,
} from '../../kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { everyTopic } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput, operationError, translating } from '../core/errors/failures.ts'
import { KafkaErrorType } from '../core/outcomes/mutation-failure.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { ProducerState } from './producer-state.ts'

const HangingTransaction = objectRef<HangingTransactionShape>('HangingTransaction').implement({
  description:
    'A transaction that is open in a partition and that no coordinator will ever end. READ_COMMITTED readers wait in front of it forever, and so does the log cleaner. `abortTransaction` ends it.',
  fields: t => ({
    topicPartition: t.field({
      description: 'The partition in which it is open.',
      type: TopicPartition,
      resolve: hanging => hanging,
    }),
    producer: t.expose('producer', {
      description: 'Its producer, and the offset at which it starts. `abortTransaction` takes these numbers.',
      type: ProducerState,
    }),
  }),
})

interface SearchShape extends HangingSearch {
  readonly searched: number
  readonly most: number
}

const HangingTransactionSearch = objectRef<SearchShape>('HangingTransactionSearch').implement({
  description: 'The result of a search for hanging transactions.',
  fields: t => ({
    transactions: t.field({
      description: 'The hanging transactions, sorted by partition; at most as many as the largest page.',
      type: [HangingTransaction],
      resolve: ({ hanging, most }) => hanging.slice(0, most),
    }),
    totalCount: t.int({ description: 'The number of hanging transactions.', resolve: ({ hanging }) => hanging.length }),
    searchedPartitions: t.exposeInt('searched', { description: 'The number of partitions searched.' }),
    errors: t.field({
      description: 'The partitions that could not be searched, and why; at most as many as the largest page.',
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

/**
 * Kafka's tool makes the same assumption: no transaction may last longer than the default `transaction.max.timeout.ms`,
 * 15 minutes.
 */
const MAX_TRANSACTION_MS = 900_000

const clusterHangingTransactions = objectField(Cluster, 'hangingTransactions', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'Searches for transactions that will never end on their own, as `kafka-transactions find-hanging` does. They are open in a partition, have written nothing for `minIdle`, and no coordinator knows them. You must give a broker or a topic. Null with an error if a coordinator does not answer, because its transactions could look like hanging ones.',
    type: HangingTransactionSearch,
    nullable: true,
    args: {
      brokerId: t.arg.int({
        description: 'Only partitions with a replica on this broker. Their leaders are asked.',
      }),
      topic: t.arg.string({ description: 'Only partitions of this topic.' }),
      partition: t.arg.int({ description: 'Only this partition of the topic.' }),
      minIdle: t.arg({
        type: 'Duration',
        required: true,
        defaultValue: MAX_TRANSACTION_MS,
        description: 'Only transactions whose producer has written nothing for this long. Default: 15 minutes.',
      }),
    },
    resolve: async (_, { minIdle, ...where }, context): Promise<SearchShape> => {
      if (typeof where.brokerId !== 'number' && typeof where.topic !== 'string')
        throw badInput('topic', 'or brokerId must be given: a search through a whole cluster has no limit.')
      if (typeof where.partition === 'number' && typeof where.topic !== 'string')
        throw badInput('partition', 'needs the topic of the partition.')
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
