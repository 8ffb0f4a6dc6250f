import { isFailure, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import type { ElectionType, PartitionElection } from '../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { kafkaPartitionName, type TopicPartition } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { enumType, mutationField, objectRef, parts } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'
import { TopicPartitionInput } from '../partition/topic-partition-input.ts'
import { topicNamed } from '../topic/topic-type.ts'

interface ElectLeadersShape {
  readonly errors: readonly FailureShape[]
  readonly elected: readonly TopicPartition[]
}

const ElectLeadersPayload = objectRef<ElectLeadersShape>('ElectLeadersPayload').implement({
  description: 'The result of `electLeaders`.',
  interfaces: [MutationPayload],
  fields: t => ({
    electedCount: t.int({
      description: 'The number of partitions with a new leader.',
      resolve: ({ elected }) => elected.length,
    }),
    partitions: t.field({
      description:
        'The partitions with a new leader, in their new state. At most 1000, unless the server is configured for other page sizes.',
      type: [Partition],
      resolve: ({ elected }, _, { limits }) =>
        elected.slice(0, limits.page.max).map(({ topic, partition }) => ({
          kind: 'Partition' as const,
          topic: topicNamed(topic),
          partition,
        })),
    }),
  }),
})

const ElectionTypeEnum = enumType('ElectionType', {
  description: 'Which replica may win an election.',
  values: {
    PREFERRED: {
      description:
        'The preferred leader, the first in the order of assignment, if it is in sync. It spreads the leaders over the brokers again after one was away. No message is lost.',
    },
    UNCLEAN: {
      description:
        'For a partition without a leader: any live replica, even one that is not in sync. The partition works again, but acknowledged messages may be lost permanently.',
    },
  } as const,
})

const outcomeOf = ({ topic, partition, error }: PartitionElection): Outcome<TopicPartition> =>
  error ?? { topic, partition }

/** An election of all partitions names none in the request, so the error message names it. */
const failuresOfAll = (elections: readonly PartitionElection[]): readonly FailureShape[] =>
  elections.flatMap(({ topic, partition, error }) => {
    if (error === null) return []
    const text = `${kafkaPartitionName({ topic, partition })}: ${error.message}`
    return [{ error: new KafkaError(error.code, text), path: null }]
  })

const electEverywhere = async (
  electionType: ElectionType,
  { ports, call, limits }: GraphQLContext,
): Promise<ElectLeadersShape> => {
  const [elections = []] = await settleAll([electionType], {
    prepare: type => type,
    send: async ([type = electionType]) => [await ports.replicas.electLeaders(uninterrupted(call), type, null)],
  })
  if (isFailure(elections)) return { errors: [{ error: elections, path: null }], elected: [] }
  const elected = elections.filter(({ error }) => error === null)
  return { errors: failuresOfAll(elections).slice(0, limits.page.max), elected }
}

const electSome = async (
  electionType: ElectionType,
  partitions: readonly (typeof TopicPartitionInput.$inferInput)[],
  { ports, call, limits }: GraphQLContext,
): Promise<ElectLeadersShape> => {
  const { max } = limits.page
  if (partitions.length > max)
    throw badInput('partitions', `takes at most ${max} partitions, this request has ${partitions.length}.`)
  const check = refuseDuplicates(partitions.map(kafkaPartitionName))
  const outcomes = await settleAll(partitions, {
    prepare: input => {
      check(kafkaPartitionName(input))
      return { topic: toTopicName(input.topic), partition: input.partition }
    },
    send: async wanted => (await ports.replicas.electLeaders(uninterrupted(call), electionType, wanted)).map(outcomeOf),
  })
  return {
    errors: failuresOf(outcomes, ['partitions']),
    elected: resultsOf(outcomes).filter(one => one !== null),
  }
}

const electLeadersMutation = mutationField('electLeaders', t =>
  t.field({
    description:
      'Elects leaders of partitions, as `kafka-leader-election` does. Each partition succeeds or fails separately. Refusals: ELECTION_NOT_NEEDED (the right leader is already in place; this is harmless), PREFERRED_LEADER_NOT_AVAILABLE (the preferred leader is down or not in sync), ELIGIBLE_LEADERS_NOT_AVAILABLE (no replica is alive), UNKNOWN_TOPIC_OR_PARTITION.',
    type: ElectLeadersPayload,
    args: {
      electionType: t.arg({ type: ElectionTypeEnum, required: true, description: 'Which replica may win.' }),
      partitions: t.arg({
        type: [TopicPartitionInput],
        description:
          'The partitions. Null or omitted: every partition of the cluster that needs an election; the errors then have no path, and their messages start with the partition.',
      }),
    },
    resolve: async (_, { electionType, partitions }, context) => {
      const { loaders } = context
      const done = await (partitions
        ? electSome(electionType, partitions, context)
        : electEverywhere(electionType, context))
      loaders.forget()
      return done
    },
  }),
)

/** What this file adds to a schema. */
export const electLeadersParts = parts(ElectLeadersPayload, ElectionTypeEnum, electLeadersMutation)
