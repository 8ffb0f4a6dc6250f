import { beginPass } from '../../core/bounds/passes.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { translating } from '../../core/errors/failures.ts'
import { commitsIn } from '../group-lag.ts'
import { groupList } from '../group-loaders.ts'
import { type GroupFilterInput, groupMatcher } from './group-filter.ts'
import type { GroupOrderInput } from './group-order.ts'
import { brokerErrors, type RankedGroup, type Ranking, rankGroups } from './ranked-groups.ts'

const offsetsMatch =
  ({ topic, minLag }: GroupFilterInput, context: GraphQLContext) =>
  ({ committed, lag }: RankedGroup): boolean => {
    if (topic && !(committed && commitsIn(committed, topic, context).length > 0)) return false
    return typeof minLag !== 'bigint' || (lag !== null && lag >= minLag)
  }

/** The groups that match a filter, with their sort values, and the reasons why some may be missing. */
export const matchingGroups = (
  filter: GroupFilterInput | null | undefined,
  orderedBy: GroupOrderInput['field'] | undefined,
  context: GraphQLContext,
): Promise<Ranking> =>
  translating(async () => {
    const matches = groupMatcher(filter)
    const list = await context.loaders.shared(groupList)()
    await beginPass(list.groups.length, context)
    const wanted = {
      offsets: Boolean(filter?.topic),
      lag: typeof filter?.minLag === 'bigint' || orderedBy === 'LAG',
      members: orderedBy === 'MEMBERS',
    }
    const listed = list.groups.filter(matches)
    const { groups, errors } = await rankGroups(listed, wanted, context.limits.page.max, context)
    return {
      groups: groups.filter(offsetsMatch(filter ?? {}, context)),
      errors: [...brokerErrors(list.failures), ...errors],
    }
  })
