import { textProblem } from '../../../kafka/text.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput } from '../../core/errors/failures.ts'

/** The named groups, or null for all. @throws GraphQLError BAD_USER_INPUT for none or too many. */
export const namedGroups = (
  groupIds: readonly string[] | null | undefined,
  { limits }: GraphQLContext,
): readonly string[] | null => {
  if (!groupIds) return null
  const { max } = limits.page
  if (groupIds.length === 0) throw badInput('groupIds', 'is empty: leave it out to watch all groups.')
  if (groupIds.length > max)
    throw badInput('groupIds', `takes at most ${max} ids, this request has ${groupIds.length}.`)
  for (const [index, groupId] of groupIds.entries()) {
    const problem = textProblem('a group id', groupId)
    if (problem !== null) throw badInput(`groupIds[${index}]`, `is not a valid group id: ${problem}.`)
  }
  return groupIds
}
