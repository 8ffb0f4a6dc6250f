import DataLoader from 'dataloader'
import type { ProducerState as ProducerStateShape } from '../../kafka/ports/transaction-admin.ts'
import { partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import { badInput, translating } from '../core/errors/failures.ts'
import { type MakeShared, orError } from '../core/loaders.ts'
import { NO_DATE, writableTime } from '../core/scalars/date-time.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'

export const ProducerState = objectRef<ProducerStateShape>('ProducerState').implement({
  description:
    'What a partition’s leader knows about an idempotent or transactional producer that wrote to it recently. The leader uses the sequence numbers to detect a repeated batch.',
  fields: t => ({
    producerId: t.expose('producerId', { description: 'The id that Kafka gave to the producer.', type: 'Long' }),
    producerEpoch: t.exposeInt('producerEpoch', {
      description: 'How often a producer with this id has restarted.',
    }),
    lastSequence: t.exposeInt('lastSequence', {
      description: 'The sequence number of its last message; null if the leader no longer knows it.',
      nullable: true,
    }),
    lastTimestamp: t.field({
      description: `When it last wrote; null if the leader no longer knows. ${NO_DATE}`,
      type: 'DateTime',
      nullable: true,
      resolve: ({ lastTimestamp }) => writableTime(lastTimestamp),
    }),
    coordinatorEpoch: t.exposeInt('coordinatorEpoch', {
      description: 'The epoch of the coordinator that wrote its last marker here; null if there is none.',
      nullable: true,
    }),
    currentTransactionStartOffset: t.expose('currentTransactionStartOffset', {
      description:
        'The offset at which its open transaction starts here; null if none is open. READ_COMMITTED readers stop at the lowest of these offsets.',
      type: 'Long',
      nullable: true,
    }),
  }),
})

const producersLoader: MakeShared<DataLoader<TopicPartition, readonly ProducerStateShape[], string>> = (
  { transactions },
  call,
  schedule,
) =>
  new DataLoader<TopicPartition, readonly ProducerStateShape[], string>(
    partitions => translating(async () => (await transactions.describeProducers(call, partitions)).map(orError)),
    { ...schedule, cacheKeyFn: partitionKey },
  )

const newestFirst = (one: ProducerStateShape, other: ProducerStateShape): number => {
  const [mine, others] = [one.lastTimestamp ?? 0, other.lastTimestamp ?? 0]
  return mine > others ? -1 : mine < others ? 1 : 0
}

const partitionProducers = objectField(Partition, 'producers', t =>
  t.field({
    description:
      'The idempotent and transactional producers that wrote to this partition recently, the latest writer first, as `kafka-transactions describe-producers` shows them. Null with an error if they cannot be read or the partition has no leader.',
    type: [ProducerState],
    nullable: true,
    args: {
      first: t.arg.int({
        description:
          'Return at most this many producers. Default 50; at most 1000 unless the server is configured otherwise.',
      }),
      isInTransaction: t.arg.boolean({
        description: 'True: only producers with an open transaction here. False: only producers without one.',
      }),
    },
    resolve: async ({ topic, partition }, { first, isInTransaction }, { loaders, limits }) => {
      const { max } = limits.page
      const count = first ?? limits.page.default
      if (count < 0 || count > max) throw badInput('first', `is ${count}: give 0 to ${max}.`)
      if (topic.planned) return []
      const producers = await loaders.shared(producersLoader).load({ topic: topic.name, partition })
      const isWanted = ({ currentTransactionStartOffset: start }: ProducerStateShape) =>
        typeof isInTransaction !== 'boolean' || (start !== null) === isInTransaction
      return producers.filter(isWanted).sort(newestFirst).slice(0, count)
    },
  }),
)

/** What this file adds to a schema. */
export const producerStateParts = parts(ProducerState, partitionProducers)
