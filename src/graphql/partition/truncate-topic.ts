import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import type { DeletedRecords } from '../../kafka/ports/topic-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { FailureShape } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField } from '../core/schema-part.ts'
import { DeleteRecordsPayload, deletedRecords } from './delete-records-payload.ts'
import { keptFrom } from './kept-from.ts'
import { MessagePosition, streamPosition } from './message-position.ts'

/** What to delete from each partition. @throws KafkaError when the topic does not exist. */
const deletions = async (
  name: string,
  position: StreamPosition,
  { ports, call: interruptible }: GraphQLContext,
): Promise<readonly Outcome<DeletedRecords>[]> => {
  const { catalog } = ports
  const call = uninterrupted(interruptible)
  const topic = toTopicName(name)
  const [described] = await catalog.describeTopics(call, [topic])
  if (described === undefined || isFailure(described)) throw asKafkaError(described)
  const partitions = described.partitions.map(({ partition }) => partition)
  return keptFrom({ topic, partitions, catalog, call }, position)
}

const truncate = async (name: string, position: StreamPosition, context: GraphQLContext) => {
  const wanted = await deletions(name, position, context)
  const outcomes = await settleAll(wanted, {
    prepare: one => {
      if (isFailure(one)) throw one
      return one
    },
    send: requests => context.ports.topicAdmin.deleteRecords(uninterrupted(context.call), toTopicName(name), requests),
  })
  // The errors name their partitions, because the request does not.
  const errors = failuresOf(outcomes, []).map(({ error }): FailureShape => ({ error, path: null }))
  return deletedRecords(outcomes, errors)
}

/** `Mutation.truncateTopic`. */
export const truncateTopicMutation = mutationField('truncateTopic', t =>
  t.field({
    description:
      'Deletes the oldest messages in all partitions of a topic and keeps those from a given position on. Without a position it deletes every message. The topic, its settings and its offsets stay: the next message gets the offset that it would have had anyway. This cannot be undone. Each partition can be refused separately, for the reasons given at `deleteRecords`.',
    type: DeleteRecordsPayload,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      keep: t.arg({
        type: MessagePosition,
        description:
          'The first messages to keep: `{ lastPerPartition: 100 }`, `{ ago: "PT1H" }`, a time, or offsets. Default, and with `{ latest: true }`: keep nothing. A cursor is not accepted here.',
      }),
    },
    resolve: async (_, { topic, keep }, context) => {
      const position: StreamPosition = keep ? streamPosition('keep', keep) : { kind: 'latest' }
      try {
        return await truncate(topic, position, context)
      } catch (thrown) {
        if (!(thrown instanceof KafkaError)) throw thrown
        return deletedRecords([], [{ error: thrown, path: ['topic'] }])
      } finally {
        context.loaders.forget()
      }
    },
  }),
)
