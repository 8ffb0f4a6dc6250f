import { uninterrupted } from '../../kafka/ports/call.ts'
import type { PartitionReassignment as PartitionReassignmentShape } from '../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { kafkaPartitionName, partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { inputType, mutationField, objectRef, parts } from '../core/schema-part.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'
import { reassignmentsUnderWay } from './reassignments-loader.ts'

interface ReassignmentShape {
  readonly errors: readonly FailureShape[]
  /** The partitions whose change Kafka accepted. */
  readonly accepted: readonly TopicPartition[]
}

const movesOf = async (
  accepted: readonly TopicPartition[],
  { loaders }: GraphQLContext,
): Promise<readonly PartitionReassignmentShape[]> => {
  const wanted = new Set(accepted.map(partitionKey))
  const moves = await loaders.shared(reassignmentsUnderWay)()
  return moves.filter(move => wanted.has(partitionKey(move)))
}

const ReassignmentPayload = objectRef<ReassignmentShape>('ReassignmentPayload').implement({
  description: 'The result of `alterPartitionReassignments`.',
  interfaces: [MutationPayload],
  fields: t => ({
    reassignments: t.field({
      description:
        'The moves now in progress, for the requested partitions. A partition that is neither here nor in `errors` has finished moving, which takes no time for an empty one, or its move was cancelled. Null with an error if the controller does not report the moves.',
      type: [PartitionReassignment],
      nullable: true,
      resolve: ({ accepted }, _, context) => movesOf(accepted, context),
    }),
  }),
})

const ReassignmentInput = inputType('ReassignmentInput', {
  description: 'The new replicas of a partition, or the cancellation of its move.',
  fields: t => ({
    topic: t.string({ required: true, description: 'The name of the topic.' }),
    partition: t.int({ required: true, description: 'The number of the partition, counted from 0.' }),
    replicas: t.intList({
      description:
        'Node ids of the brokers to keep a copy, the preferred leader first. Null or omitted: cancel the current move and restore the previous replicas.',
    }),
  }),
})

const alterPartitionReassignmentsMutation = mutationField('alterPartitionReassignments', t =>
  t.field({
    description:
      'Moves replicas of partitions to other brokers, or cancels such moves, as `kafka-reassign-partitions --execute` and `--cancel` do. A move runs in the background: see `Cluster.partitionReassignments`. Copying takes network and disk bandwidth. To limit it, set the topic configs `leader.replication.throttled.replicas` and `follower.replication.throttled.replicas` and the broker config `leader.replication.throttled.rate`. Each partition succeeds or fails separately. Refusals: INVALID_REPLICA_ASSIGNMENT (a broker that does not exist, one named twice, or none), NO_REASSIGNMENT_IN_PROGRESS (nothing to cancel), UNKNOWN_TOPIC_OR_PARTITION.',
    type: ReassignmentPayload,
    args: {
      reassignments: t.arg({
        type: [ReassignmentInput],
        required: true,
        description: 'The partitions and their new replicas.',
      }),
      allowReplicationFactorChange: t.arg.boolean({
        defaultValue: true,
        description:
          'False: refuse a move to more or fewer replicas than the partition has, with INVALID_REPLICATION_FACTOR. Requires Kafka 4.1 or newer; older versions refuse the request with UNSUPPORTED_VERSION.',
      }),
    },
    resolve: async (_, { reassignments, allowReplicationFactorChange }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      if (reassignments.length > max)
        throw badInput('reassignments', `takes at most ${max} partitions, this request has ${reassignments.length}.`)
      const check = refuseDuplicates(reassignments.map(kafkaPartitionName))
      const outcomes = await settleAll(reassignments, {
        prepare: input => {
          check(kafkaPartitionName(input))
          return { topic: toTopicName(input.topic), partition: input.partition, replicas: input.replicas ?? null }
        },
        send: requests =>
          ports.replicas.alterPartitionReassignments(uninterrupted(call), requests, {
            allowReplicationFactorChange: allowReplicationFactorChange ?? true,
          }),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['reassignments']),
        accepted: resultsOf(outcomes).filter(accepted => accepted !== null),
      }
    },
  }),
)

/** What this file adds to a schema. */
export const alterPartitionReassignmentsParts = parts(
  ReassignmentPayload,
  ReassignmentInput,
  alterPartitionReassignmentsMutation,
)
