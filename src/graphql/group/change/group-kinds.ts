import { isFailure, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { GroupDescription, GroupListing } from '../../../kafka/groups.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { type GroupKind, groupKnown } from '../group-node.ts'

const withKind = (group: GroupListing | GroupDescription): readonly [string, GroupKind] => [
  group.groupId,
  groupKnown(group).kind,
]

/** Describes a group that is newer than the list. */
const ask = async (
  groupIds: readonly string[],
  { ports, call }: GraphQLContext,
): Promise<ReadonlyMap<string, GroupKind>> => {
  const wanted = new Set(groupIds)
  const list = await ports.groups.listGroups(call)
  const kinds = new Map(list.groups.filter(({ groupId }) => wanted.has(groupId)).map(withKind))
  const unlisted = [...wanted].filter(groupId => !kinds.has(groupId))
  if (unlisted.length === 0) return kinds
  const described = await ports.groups.describeGroups(call, unlisted)
  return new Map([...kinds, ...described.flatMap(outcome => (isFailure(outcome) ? [] : [withKind(outcome)]))])
}

/**
 * The kinds of groups, which are part of their global ids. They must be read before a group is deleted. A kind that
 * cannot be read is left out and does not block the deletion.
 */
export const groupKinds = async (
  groupIds: readonly string[],
  context: GraphQLContext,
): Promise<ReadonlyMap<string, GroupKind>> => {
  try {
    return await ask(groupIds, context)
  } catch (thrown) {
    if (thrown instanceof KafkaError) return new Map()
    throw thrown
  }
}
