import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import type { CreatedTopic, NewTopic } from '../../kafka/ports/topic-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { checkConfig, type GivenConfig } from '../config/check-config.ts'
import { badInput } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { NewTopicInput } from './new-topic-input.ts'
import { Topic, type TopicNode, topicNamed } from './topic-type.ts'

interface CreateTopicsShape {
  readonly errors: readonly FailureShape[]
  readonly topics: readonly (TopicNode | null)[]
}

const CreateTopicsPayload = objectRef<CreateTopicsShape>('CreateTopicsPayload').implement({
  description: 'The result of `createTopics`.',
  interfaces: [MutationPayload],
  fields: t => ({
    topics: t.expose('topics', {
      description:
        'The new topics, at the index that each has in the request; null if it was refused. With `validateOnly`, the topics that would be created.',
      type: [Topic],
      nullable: { list: false, items: true },
    }),
  }),
})

/** Kafka counts replicas in 16 bits. */
const MAX_REPLICATION_FACTOR = 32_767

const checkCounts = ({ numPartitions, replicationFactor, replicasAssignments }: typeof NewTopicInput.$inferInput) => {
  if (typeof numPartitions === 'number' && numPartitions < 1) {
    throw new KafkaError('INVALID_PARTITIONS', `A topic needs at least 1 partition, not ${numPartitions}.`)
  }
  if (typeof replicationFactor === 'number' && (replicationFactor < 1 || replicationFactor > MAX_REPLICATION_FACTOR)) {
    const problem = `The replication factor must be at least 1 and at most the number of brokers, not ${replicationFactor}.`
    throw new KafkaError('INVALID_REPLICATION_FACTOR', problem)
  }
  if (replicasAssignments && (typeof numPartitions === 'number' || typeof replicationFactor === 'number')) {
    const problem = 'replicasAssignments already sets both counts: omit numPartitions and replicationFactor.'
    throw new KafkaError('INVALID_REQUEST', problem)
  }
}

/** Refuses duplicate configs: Kafka silently keeps the last value. @throws KafkaError */
const checkConfigs = (configs: readonly GivenConfig[]): void => {
  const check = refuseDuplicates(configs.map(({ name }) => name))
  for (const config of configs) {
    checkConfig(config)
    check(config.name)
  }
}

const newTopic = (input: typeof NewTopicInput.$inferInput): NewTopic => {
  checkCounts(input)
  const configs = (input.configs ?? []).map(({ name, value }) => ({ name, value: value ?? null }))
  checkConfigs(configs)
  return {
    name: toTopicName(input.name),
    numPartitions: input.numPartitions ?? null,
    replicationFactor: input.replicationFactor ?? null,
    replicaAssignments: input.replicasAssignments ?? null,
    configs,
  }
}

const nodeOf = (created: CreatedTopic, validateOnly: boolean): TopicNode =>
  validateOnly
    ? { kind: 'Topic', name: created.name, planned: { ...created, topicId: null } }
    : topicNamed(created.name)

const createTopicsMutation = mutationField('createTopics', t =>
  t.field({
    description:
      'Creates topics, as `kafka-topics --create` does. Each topic succeeds or fails separately. Possible errors: TOPIC_ALREADY_EXISTS, INVALID_REPLICATION_FACTOR (more replicas than brokers), INVALID_CONFIG, INVALID_TOPIC_EXCEPTION (an illegal name) and INVALID_PARTITIONS.',
    type: CreateTopicsPayload,
    args: {
      topics: t.arg({ type: [NewTopicInput], required: true, description: 'The topics to create.' }),
      validateOnly: t.arg.boolean({
        defaultValue: false,
        description: 'Only check whether the topics could be created; create none.',
      }),
    },
    resolve: async (_, { topics, validateOnly }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      if (topics.length > max)
        throw badInput('topics', `takes at most ${max} topics, this request has ${topics.length}.`)
      const check = refuseDuplicates(topics.map(({ name }) => name))
      const options = { validateOnly: validateOnly ?? false }
      const outcomes = await settleAll(topics, {
        prepare: input => {
          check(input.name)
          return newTopic(input)
        },
        send: requests => ports.topicAdmin.createTopics(uninterrupted(call), requests, options),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['topics']),
        topics: resultsOf(outcomes).map(created => created && nodeOf(created, options.validateOnly)),
      }
    },
  }),
)

/** What this file adds to a schema. */
export const createTopicsParts = parts(CreateTopicsPayload, createTopicsMutation)
