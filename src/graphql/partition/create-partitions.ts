import type { ErrorCode } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { Topic, type TopicNode, topicNamed } from '../topic/topic-type.ts'

interface TopicPayloadShape {
  readonly errors: readonly FailureShape[]
  readonly topic: TopicNode | null
}

const TopicPayload = objectRef<TopicPayloadShape>('TopicPayload').implement({
  description: 'The result of a mutation of one topic.',
  interfaces: [MutationPayload],
  fields: t => ({
    topic: t.expose('topic', {
      description: 'The topic after the change; null if the change was refused.',
      type: Topic,
      nullable: true,
    }),
  }),
})

/** The argument at fault, by error code. Other errors are not about a single argument. */
const ARGUMENTS: ReadonlyMap<ErrorCode, string> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', 'topic'],
  ['INVALID_TOPIC_EXCEPTION', 'topic'],
  ['INVALID_PARTITIONS', 'totalCount'],
  ['INVALID_REPLICA_ASSIGNMENT', 'assignments'],
])

const withArgument = ({ error }: FailureShape): FailureShape => {
  const argument = ARGUMENTS.get(error.code)
  return { error, path: argument ? [argument] : null }
}

const createPartitionsMutation = mutationField('createPartitions', t =>
  t.field({
    description:
      'Adds partitions to a topic, as `kafka-topics --alter --partitions` does. Partitions can never be removed again, and messages with a key may go to other partitions than before. A count that is not above the current one is refused with INVALID_PARTITIONS.',
    type: TopicPayload,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      totalCount: t.arg.int({
        required: true,
        description: 'The new total number of partitions, not the number to add.',
      }),
      assignments: t.arg({
        type: t.arg.listRef(t.arg.listRef('Int', { required: true }), { required: true }),
        description:
          'The brokers that keep the new partitions: one list of node ids per partition, the preferred leader first. Default: the cluster chooses.',
      }),
      validateOnly: t.arg.boolean({
        defaultValue: false,
        description: 'Only check the request; change nothing.',
      }),
    },
    resolve: async (_, { topic, totalCount, assignments, validateOnly }, { ports, call, loaders }) => {
      const options = { validateOnly: validateOnly ?? false }
      const outcomes = await settleAll([topic], {
        prepare: name => ({ topic: toTopicName(name), totalCount, assignments: assignments ?? null }),
        send: requests =>
          Promise.all(
            requests.map(request => ports.topicAdmin.createPartitions(uninterrupted(call), request, options)),
          ),
      })
      loaders.forget()
      const [name] = resultsOf(outcomes)
      return { errors: failuresOf(outcomes, []).map(withArgument), topic: name ? topicNamed(name) : null }
    },
  }),
)

/** What this file adds to a schema. */
export const createPartitionsParts = parts(TopicPayload, createPartitionsMutation)
