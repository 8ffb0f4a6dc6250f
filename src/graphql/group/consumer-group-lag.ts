import type { GroupOffset } from '../../kafka/ports/watches.ts'
import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { badInput } from '../failures.ts'
import { subscriptionField } from '../schema-part.ts'
import { GroupFilter, type GroupFilterInput, groupMatcher } from './group-filter.ts'
import { lagUpTo } from './group-lag.ts'
import { groupKnown } from './group-node.ts'
import { GroupPartitionOffset } from './group-partition-offset.ts'
import { namedGroups } from './watched-groups.ts'

/** The part of a filter that offsets tell. */
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
      'How far groups have read and how much they have still to read, live: the first event has everything that they have committed, each later one only the partitions whose numbers have changed. A commit that is deleted or expires is told no more. Ends with GROUP_ID_NOT_FOUND when a group named is not there, or goes.',
    type: [GroupPartitionOffset],
    args: {
      groupIds: t.arg.stringList({
        description:
          'These groups, which must be there. Left out: all groups, those that come later, too; at most 1000 after `filter`: beyond that the subscription is refused, or ends, with INVALID_REQUEST.',
      }),
      filter: t.arg({
        type: GroupFilter,
        description:
          'Only groups that this lets through, looked at anew each time: a group that comes to match is told as a whole, one that ceases to is told no more.',
      }),
      interval: intervalArgument(t.arg, 1000),
      minChange: t.arg({
        type: 'Long',
        defaultValue: 1n,
        description:
          'Tells a partition when its offset, latest offset or lag is another one by at least so much than what was told last; 1 or more.',
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
