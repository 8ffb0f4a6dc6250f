import { uninterrupted } from '../../kafka/ports/call.ts'
import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import { badInput } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { topicGlobalId } from './topic-type.ts'

interface DeleteTopicsShape {
  readonly errors: readonly FailureShape[]
  readonly deletedTopicNames: readonly TopicName[]
}

const DeleteTopicsPayload = objectRef<DeleteTopicsShape>('DeleteTopicsPayload').implement({
  description: 'The result of `deleteTopics`.',
  interfaces: [MutationPayload],
  fields: t => ({
    deletedTopicNames: t.exposeStringList('deletedTopicNames', {
      description: 'The names of the deleted topics, in the order of the request.',
    }),
    deletedIds: t.idList({
      description:
        'The global ids (`Topic.id`) of the deleted topics, in the same order. A client uses them to remove the topics from its cache.',
      resolve: ({ deletedTopicNames }, _, context) => deletedTopicNames.map(name => topicGlobalId(name, context)),
    }),
  }),
})

const deleteTopicsMutation = mutationField('deleteTopics', t =>
  t.field({
    description:
      'Deletes topics with all their messages, as `kafka-topics --delete` does. This cannot be undone. Subscriptions to a deleted topic end with TOPIC_DELETED. A topic that does not exist is refused with UNKNOWN_TOPIC_OR_PARTITION.',
    type: DeleteTopicsPayload,
    args: { topics: t.arg.stringList({ required: true, description: 'The names of the topics to delete.' }) },
    resolve: async (_, { topics }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      if (topics.length > max)
        throw badInput('topics', `takes at most ${max} names, this request has ${topics.length}.`)
      const check = refuseDuplicates(topics)
      const outcomes = await settleAll(topics, {
        prepare: name => {
          check(name)
          return toTopicName(name)
        },
        send: names => ports.topicAdmin.deleteTopics(uninterrupted(call), names),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['topics']),
        deletedTopicNames: resultsOf(outcomes).filter(name => name !== null),
      }
    },
  }),
)

/** What this file adds to a schema. */
export const deleteTopicsParts = parts(DeleteTopicsPayload, deleteTopicsMutation)
