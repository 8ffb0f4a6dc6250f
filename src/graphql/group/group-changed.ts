import type { GroupChange } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { badInput } from '../failures.ts'
import { subscriptionField } from '../schema-part.ts'
import { GroupChangeUnion } from './group-change-types.ts'
import { GroupFilter, type GroupFilterInput, groupMatcher } from './group-filter.ts'
import { namedGroups } from './watched-groups.ts'

/** A group that leaves a state is of interest to whoever asked for that state, too. */
const inStates = ({ states }: GroupFilterInput) => {
  if (!states) return () => true
  const wanted = new Set(states)
  return (change: GroupChange): boolean =>
    wanted.has(change.group.state) || (change.kind === 'groupStateChanged' && wanted.has(change.from))
}

const checked = (filter: GroupFilterInput | null | undefined): GroupFilterInput => {
  for (const field of ['topic', 'minLag'] as const) {
    if (filter?.[field] == null) continue
    throw badInput(
      `filter.${field}`,
      'is about offsets, which this subscription does not look at: use consumerGroupLag.',
    )
  }
  return filter ?? {}
}

/** `Subscription.groupChanged`. */
export const groupChangedSubscription = subscriptionField('groupChanged', t =>
  t.field({
    description:
      'Groups that come into being, change their state, gain or lose members, and go, whatever protocol they speak. Looked at every second: what changes several times between two looks is told as one change. While a broker does not answer, the groups that it coordinates count as unchanged.',
    type: GroupChangeUnion,
    args: {
      groupIds: t.arg.stringList({
        description:
          'Only these groups; they need not be there yet. Left out: all groups, at most 1000 after `filter`: beyond that the subscription is refused, or ends, with INVALID_REQUEST.',
      }),
      filter: t.arg({
        type: GroupFilter,
        description:
          'Only groups that this lets through. With `states`, what happens to groups in one of these states or on their way out of one; `topic` and `minLag` are refused: they are about offsets.',
      }),
    },
    subscribe: (_, { groupIds, filter }, context) => {
      const { states, ...rest } = checked(filter)
      const watched = { groupIds: namedGroups(groupIds, context), covers: groupCovers(rest), key: JSON.stringify(rest) }
      const accepts = inStates({ states })
      return changesOf(context, () => context.ports.watches.groupChanges(context.call, { ...watched, accepts }))
    },
    resolve: change => change,
  }),
)

/** The part of a filter that does not change while a group lives. */
const groupCovers = (filter: GroupFilterInput) => {
  const matches = groupMatcher(filter)
  return (group: { readonly groupId: string; readonly type: GroupChange['group']['type'] }): boolean =>
    matches({ ...group, state: 'UNKNOWN' })
}
