import { uninterrupted } from '../../../kafka/ports/call.ts'
import { badInput } from '../../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../../core/outcomes/mutation-failure.ts'
import { failuresOf, refuseDuplicates, resultsOf, settleAll } from '../../core/outcomes/outcomes.ts'
import { mutationField, objectRef, parts } from '../../core/schema-part.ts'
import type { GroupKind } from '../group-node.ts'
import { groupGlobalId } from '../group-type.ts'
import { groupKinds } from './group-kinds.ts'

interface DeleteGroupsShape {
  readonly errors: readonly FailureShape[]
  readonly deletedGroupIds: readonly string[]
  /** The kinds of the groups before the deletion, by group id. */
  readonly kinds: ReadonlyMap<string, GroupKind>
}

const DeleteGroupsPayload = objectRef<DeleteGroupsShape>('DeleteGroupsPayload').implement({
  description: 'The result of `deleteGroups`.',
  interfaces: [MutationPayload],
  fields: t => ({
    deletedGroupIds: t.exposeStringList('deletedGroupIds', {
      description: 'The ids of the deleted groups, in the order of the request.',
    }),
    deletedIds: t.idList({
      description:
        'The global ids (`Group.id`) of the deleted groups, in the same order. A client uses them to remove the groups from its cache.',
      resolve: ({ deletedGroupIds, kinds }, _, context) =>
        deletedGroupIds.map(groupId =>
          groupGlobalId({ groupId, kind: kinds.get(groupId) ?? 'ConsumerGroup' }, context),
        ),
    }),
  }),
})

const deleteGroupsMutation = mutationField('deleteGroups', t =>
  t.field({
    description:
      'Deletes groups of any type with their committed offsets, as `kafka-consumer-groups --delete` does. This cannot be undone. A group with members is refused with NON_EMPTY_GROUP, a group that does not exist with GROUP_ID_NOT_FOUND.',
    type: DeleteGroupsPayload,
    args: { groupIds: t.arg.stringList({ required: true, description: 'The ids of the groups to delete.' }) },
    resolve: async (_, { groupIds }, context) => {
      const { ports, call, loaders } = context
      const { max } = context.limits.page
      if (groupIds.length > max)
        throw badInput('groupIds', `takes at most ${max} ids, this request has ${groupIds.length}.`)
      const check = refuseDuplicates(groupIds)
      const kinds = await groupKinds(groupIds, context)
      const outcomes = await settleAll(groupIds, {
        prepare: groupId => {
          check(groupId)
          return groupId
        },
        send: wanted => ports.groupAdmin.deleteGroups(uninterrupted(call), wanted),
      })
      loaders.forget()
      return {
        errors: failuresOf(outcomes, ['groupIds']),
        deletedGroupIds: resultsOf(outcomes).filter(groupId => groupId !== null),
        kinds,
      }
    },
  }),
)

/** What this file adds to a schema. */
export const deleteGroupsParts = parts(DeleteGroupsPayload, deleteGroupsMutation)
