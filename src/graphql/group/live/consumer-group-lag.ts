import type { GroupOffset } from '../../../kafka/ports/watches.ts'
import { changesOf } from '../../change/change-source.ts'
import { intervalArgument, intervalOf } from '../../change/interval.ts'
import { badInput } from '../../core/errors/failures.ts'
import { subscriptionField } from '../../core/schema-part.ts'
import { lagUpTo } from '../group-lag.ts'
import { groupKnown } from '../group-node.ts'
import { GroupPartitionOffset } from '../group-partition-offset.ts'
import { GroupFilter, type GroupFilterInput, groupMatcher } from '../list/group-filter.ts'
import { namedGroups } from './watched-groups.ts'

/** The part of a filter that needs offsets. */
const offsetsHold =
  ({ topic, minLag }: GroupFilterInput) =>
  (offsets: readonly GroupOffset[]): boolean => {
    if (topic && !offsets.some(one => one.topic === topic)) return false
    if (typeof minLag !== 'bigint') return true
    const lags = offsets.map(one => lagUpTo(one.latestOffset, one))
    return lags.some(lag => lag !== null) && lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n) >= minLag
  }

const atLeastOne = (minChange: bigint | null | undefined): bigint => {
  const chosen = minChange ?? 1n
  if (chosen >= 1n) return chosen
  throw badInput('minChange', `is ${chosen}: give 1 or more.`)
}

const keyOf = (filter: GroupFilterInput): string => JSON.stringify({ ...filter, minLag: String(filter.minLag) })

/** `Subscription.consumerGroupLag`. */
export const consumerGroupLagSubscription = subscriptionField('consumerGroupLag', t =>
  t.field({
    description:
      'How far groups have read and how many messages they still have to read, live. The first event contains all committed offsets; each later event contains only the partitions that changed. A deleted or expired commit is no longer reported. Ends with GROUP_ID_NOT_FOUND if a named group does not exist or is deleted.',
    type: [GroupPartitionOffset],
    args: {
      groupIds: t.arg.stringList({
        description:
          'Only these groups, which must exist. Default: all groups, including later ones, at most 1000 after `filter`. With more groups the subscription fails, or ends, with INVALID_REQUEST.',
      }),
      filter: t.arg({
        type: GroupFilter,
        description:
          'Only groups that match this filter, checked again each time. A group that starts to match is reported completely; a group that stops matching is no longer reported.',
      }),
      interval: intervalArgument(t.arg, 1000),
      minChange: t.arg({
        type: 'Long',
        defaultValue: 1n,
        description:
          'Report a partition when its offset, latest offset or lag differs by at least this number from the last reported value; 1 or more.',
      }),
    },
    subscribe: (_, { groupIds, filter, interval, minChange }, context) => {
      const chosen = filter ?? {}
      const watched = {
        groupIds: namedGroups(groupIds, context),
        covers: groupMatcher(chosen),
        holds: offsetsHold(chosen),
        key: keyOf(chosen),
        minChange: atLeastOne(minChange),
        intervalMs: intervalOf(interval, 1000, context),
      }
      return changesOf(context, () => context.ports.watches.groupLag(context.call, watched))
    },
    resolve: offsets => offsets.map(one => ({ ...one, group: groupKnown(one.group) })),
  }),
)
