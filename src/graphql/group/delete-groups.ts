import { KafkaError } from '../../kafka/kafka-error.ts'
import { builder } from '../builder.ts'
import { badInput } from '../failures.ts'
import { type FailureShape, MutationPayload } from '../mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../outcomes.ts'

interface DeleteGroupsShape {
  readonly errors: readonly FailureShape[]
  readonly deletedGroupIds: readonly string[]
}

const DeleteGroupsPayload = builder.objectRef<DeleteGroupsShape>('DeleteGroupsPayload').implement({
  description: 'What `deleteGroups` has done.',
  interfaces: [MutationPayload],
  fields: t => ({
    deletedGroupIds: t.exposeStringList('deletedGroupIds', {
      description: 'The ids of the groups that are gone now, in the order of the request.',
    }),
  }),
})

builder.mutationField('deleteGroups', t =>
  t.field({
    description:
      'Deletes groups of any type with their committed offsets, as `kafka-consumer-groups --delete` does. It cannot be undone. A group that has members is refused with NON_EMPTY_GROUP, one that does not exist with GROUP_ID_NOT_FOUND.',
    type: DeleteGroupsPayload,
    args: { groupIds: t.arg.stringList({ required: true, description: 'The ids of the groups to delete.' }) },
    resolve: async (_, { groupIds }, { groupAdmin, loaders, limits }) => {
      const { max } = limits.page
      if (groupIds.length > max)
        throw badInput('groupIds', `takes at most ${max} ids, this request has ${groupIds.length}.`)
      const check = refuseDuplicates(groupIds)
      const outcomes = await settleAll(groupIds, {
        prepare: groupId => {
          if (groupId === '') throw new KafkaError('INVALID_GROUP_ID', 'A group id cannot be empty.')
          check(groupId)
          return groupId
        },
        send: wanted => groupAdmin.deleteGroups(wanted),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['groupIds']),
        deletedGroupIds: resultsOf(outcomes).filter(groupId => groupId !== null),
      }
    },
  }),
)
