import { type ErrorCode, KafkaError } from '../../kafka/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { type FailureShape, MutationPayload } from '../mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../outcomes.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { mutationField, objectRef, parts } from '../schema-part.ts'

interface AbortShape {
  readonly errors: readonly FailureShape[]
  readonly topicPartition: TopicPartitionShape | null
}

const AbortTransactionPayload = objectRef<AbortShape>('AbortTransactionPayload').implement({
  description: 'What `abortTransaction` has done.',
  interfaces: [MutationPayload],
  fields: t => ({
    topicPartition: t.expose('topicPartition', {
      description: 'Where the transaction was open; null when the abort was refused.',
      type: TopicPartition,
      nullable: true,
    }),
  }),
})

/** Which argument an error is about; others are about no single one. */
const ARGUMENTS: ReadonlyMap<ErrorCode, string> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', 'partition'],
  ['INVALID_TOPIC_EXCEPTION', 'topic'],
  ['INVALID_PRODUCER_EPOCH', 'producerEpoch'],
  ['TRANSACTION_COORDINATOR_FENCED', 'coordinatorEpoch'],
])

const withArgument = ({ error }: FailureShape): FailureShape => {
  const argument = ARGUMENTS.get(error.code)
  return { error, path: argument ? [argument] : null }
}

/** Kafka counts them in 16 bits. */
const MAX_EPOCH = 32_767

const abortTransactionMutation = mutationField('abortTransaction', t =>
  t.field({
    description:
      'Ends a hanging transaction in one partition by writing an abort marker, as `kafka-transactions abort` does: what it wrote there is never seen by READ_COMMITTED readers, and they read on. Only for what `hangingTransactions` has found: a transaction that its coordinator knows would be half aborted.',
    type: AbortTransactionPayload,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partition: t.arg.int({ required: true, description: 'The number of the partition.' }),
      producerId: t.arg({ type: 'Long', required: true, description: 'The `producerId` of the producer.' }),
      producerEpoch: t.arg.int({ required: true, description: 'The `producerEpoch` of the producer.' }),
      coordinatorEpoch: t.arg.int({
        required: true,
        description: 'The `coordinatorEpoch` of the producer; 0 when that is null.',
      }),
    },
    resolve: async (_, { topic, ...abort }, { ports, call, loaders }) => {
      const outcomes = await settleAll([topic], {
        prepare: name => {
          if (abort.producerEpoch < 0 || abort.producerEpoch > MAX_EPOCH)
            throw new KafkaError('INVALID_PRODUCER_EPOCH', `Producer epochs go from 0 to ${MAX_EPOCH}.`)
          // Before its first marker here a producer has no coordinator epoch, and no coordinator's is below 0.
          return { ...abort, topic: toTopicName(name), coordinatorEpoch: Math.max(abort.coordinatorEpoch, 0) }
        },
        send: requests =>
          Promise.all(requests.map(request => ports.transactions.abortTransaction(uninterrupted(call), request))),
      })
      loaders.forget()
      return { errors: failuresOf(outcomes, []).map(withArgument), topicPartition: resultsOf(outcomes)[0] ?? null }
    },
  }),
)

/** What this file adds to a schema. */
export const abortTransactionParts = parts(AbortTransactionPayload, abortTransactionMutation)
