import { type ErrorCode, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { TopicPartition } from '../partition/topic-partition.ts'

interface AbortShape {
  readonly errors: readonly FailureShape[]
  readonly topicPartition: TopicPartitionShape | null
}

const AbortTransactionPayload = objectRef<AbortShape>('AbortTransactionPayload').implement({
  description: 'The result of `abortTransaction`.',
  interfaces: [MutationPayload],
  fields: t => ({
    topicPartition: t.expose('topicPartition', {
      description: 'The partition in which the transaction was open; null if the abort was refused.',
      type: TopicPartition,
      nullable: true,
    }),
  }),
})

/** The argument at fault, by error code. Other errors are not about a single argument. */
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

/** Kafka stores producer epochs in 16 bits. */
const MAX_EPOCH = 32_767

const abortTransactionMutation = mutationField('abortTransaction', t =>
  t.field({
    description:
      'Aborts a hanging transaction in one partition by writing an abort marker, as `kafka-transactions abort` does. READ_COMMITTED readers never see its messages, and they can read on. Use it only for results of `hangingTransactions`: a transaction that its coordinator still knows would be aborted only in part.',
    type: AbortTransactionPayload,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      partition: t.arg.int({ required: true, description: 'The number of the partition.' }),
      producerId: t.arg({ type: 'Long', required: true, description: 'The `producerId` of the producer.' }),
      producerEpoch: t.arg.int({ required: true, description: 'The `producerEpoch` of the producer.' }),
      coordinatorEpoch: t.arg.int({
        required: true,
        description: 'The `coordinatorEpoch` of the producer; 0 if that is null.',
      }),
    },
    resolve: async (_, { topic, ...abort }, { ports, call, loaders }) => {
      const outcomes = await settleAll([topic], {
        prepare: name => {
          if (abort.producerEpoch < 0 || abort.producerEpoch > MAX_EPOCH)
            throw new KafkaError('INVALID_PRODUCER_EPOCH', `Producer epochs go from 0 to ${MAX_EPOCH}.`)
          // A producer without a marker here has no coordinator epoch yet; 0 is the lowest that a coordinator can have.
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
