import type { GroupChange } from '../../../kafka/ports/watches.ts'
import { changesOf } from '../../change/change-source.ts'
import { badInput } from '../../core/errors/failures.ts'
import { subscriptionField } from '../../core/schema-part.ts'
import { GroupFilter, type GroupFilterInput, groupMatcher } from '../list/group-filter.ts'
import { GroupChangeUnion } from './group-change-types.ts'
import { namedGroups } from './watched-groups.ts'

/** A group that leaves a state also matches a filter for that state. */
const inStates = ({ states }: GroupFilterInput) => {
  if (!states) return () => true
  const wanted = new Set(states)
  return (change: GroupChange): boolean =>
    wanted.has(change.group.state) || (change.kind === 'groupStateChanged' && wanted.has(change.from))
}

const checked = (filter: GroupFilterInput | null | undefined): GroupFilterInput => {
  for (const field of ['topic', 'minLag'] as const) {
    if (filter?.[field] == null) continue
    throw badInput(`filter.${field}`, 'needs offsets, which this subscription does not read: use consumerGroupLag.')
  }
  return filter ?? {}
}

/** `Subscription.groupChanged`. */
export const groupChangedSubscription = subscriptionField('groupChanged', t =>
  t.field({
    description:
      'Changes of groups of any protocol: new groups, new states, members that join or leave, and deleted groups. The server polls Kafka every second; several changes between two polls arrive as one. While a broker does not answer, the groups that it coordinates count as unchanged.',
    type: GroupChangeUnion,
    args: {
      groupIds: t.arg.stringList({
        description:
          'Only these groups; they may be created later. Default: all groups, at most 1000 after `filter`. With more groups the subscription fails, or ends, with INVALID_REQUEST.',
      }),
      filter: t.arg({
        type: GroupFilter,
        description:
          'Only groups that match this filter. With `states`, groups that are in one of these states or are leaving one. `topic` and `minLag` are refused, because they need offsets.',
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

/** The conditions of a filter that stay the same for the lifetime of a group. */
const groupCovers = (filter: GroupFilterInput) => {
  const matches = groupMatcher(filter)
  return (group: { readonly groupId: string; readonly type: GroupChange['group']['type'] }): boolean =>
    matches({ ...group, state: 'UNKNOWN' })
}
