import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { GroupDescription } from '../../../kafka/groups.ts'
import { uninterrupted } from '../../../kafka/ports/call.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput } from '../../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, settleAll } from '../../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../../core/schema-part.ts'
import { findGroup } from '../group-node.ts'
import { Group } from '../group-type.ts'

interface GroupPayloadShape {
  readonly errors: readonly FailureShape[]
  /** Null if no group has this id. */
  readonly groupId: string | null
}

const GroupPayload = objectRef<GroupPayloadShape>('GroupPayload').implement({
  description: 'The result of a mutation of one group.',
  interfaces: [MutationPayload],
  fields: t => ({
    group: t.field({
      description: 'The group after the change; null if no group has this id.',
      type: Group,
      nullable: true,
      resolve: ({ groupId }, _, context) => (groupId === null ? null : findGroup(groupId, context)),
    }),
  }),
})

const describeGroup = async (groupId: string, { ports, call }: GraphQLContext): Promise<Outcome<GroupDescription>> => {
  // Kafka returns this error whether the group exists or not.
  if (groupId === '') return new KafkaError('INVALID_GROUP_ID', 'No client can join the group with the empty id.')
  try {
    const [description] = await ports.groups.describeGroups(call, [groupId])
    return description ?? new KafkaError('GROUP_ID_NOT_FOUND')
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
}

const staticIds = ({ members }: GroupDescription): readonly string[] =>
  members.map(({ groupInstanceId }) => groupInstanceId).filter(id => id !== null)

const removeMembers = async (
  group: GroupDescription,
  given: readonly string[] | null,
  { ports, call }: GraphQLContext,
): Promise<readonly FailureShape[]> => {
  const ids = given ?? staticIds(group)
  const check = refuseDuplicates(ids)
  const outcomes = await settleAll(ids, {
    prepare: id => {
      check(id)
      return id
    },
    send: wanted => ports.groupAdmin.removeMembers(uninterrupted(call), group.groupId, wanted),
  })
  const failures = failuresOf(outcomes, ['groupInstanceIds'])
  // The error has no index if the client did not pass the argument.
  return given ? failures : failures.map(({ error }) => ({ error, path: null }))
}

const removeMembersFromConsumerGroupMutation = mutationField('removeMembersFromConsumerGroup', t =>
  t.field({
    description:
      'Removes static members from a group, as `Admin.removeMembersFromConsumerGroup` does. A static member, one with a `group.instance.id`, keeps its partitions while it is away, until its session times out. Removing it frees them at once. A member that is still alive joins again. UNKNOWN_MEMBER_ID: the group has no such member; older brokers also return it for every member of the consumer protocol.',
    type: GroupPayload,
    args: {
      groupId: t.arg.string({ required: true, description: 'The id of the group.' }),
      groupInstanceIds: t.arg.stringList({
        description: 'The static ids (`group.instance.id`) of the members. Default: all static members.',
      }),
    },
    resolve: async (_, { groupId, groupInstanceIds }, context) => {
      const { max } = context.limits.page
      const given = groupInstanceIds ?? null
      if (given && given.length > max)
        throw badInput('groupInstanceIds', `takes at most ${max} ids, this request has ${given.length}.`)
      const described = await describeGroup(groupId, context)
      if (isFailure(described)) {
        const path = described.code === 'KAFKA_UNAVAILABLE' ? null : ['groupId']
        return { errors: [{ error: described, path }], groupId: null }
      }
      const errors = await removeMembers(described, given, context)
      context.loaders.forget()
      return { errors, groupId }
    },
  }),
)

/** What this file adds to a schema. */
export const removeMembersParts = parts(GroupPayload, removeMembersFromConsumerGroupMutation)
