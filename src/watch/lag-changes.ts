import { KafkaError } from '../kafka/kafka-error.ts'
import type { GroupOffset } from '../kafka/ports/watches.ts'
import type { Advance } from './advance.ts'
import type { LagSnapshot } from './lag-look.ts'

const notFound = (groupId: string): KafkaError =>
  new KafkaError('GROUP_ID_NOT_FOUND', `There is no group ${JSON.stringify(groupId)}.`, { details: { groupId } })

/** @throws KafkaError GROUP_ID_NOT_FOUND for the first of these that is no group. */
export const mustBeGroups = (groupIds: readonly string[], { groups }: LagSnapshot): void => {
  const unknown = groupIds.find(groupId => !groups.has(groupId))
  if (unknown !== undefined) throw notFound(unknown)
}

const distance = (one: bigint | null, other: bigint | null): bigint | null => {
  if (one === null || other === null) return one === other ? 0n : null
  return one > other ? one - other : other - one
}

const lagOf = ({ offset, latestOffset }: GroupOffset): bigint | null => {
  if (latestOffset === null) return null
  return latestOffset > offset ? latestOffset - offset : 0n
}

/** Whether a number is another one by at least `least`, or is known now and was not, or the other way. */
const isWorthTelling = (told: GroupOffset, now: GroupOffset, least: bigint): boolean => {
  const distances = [
    distance(told.offset, now.offset),
    distance(told.latestOffset, now.latestOffset),
    distance(lagOf(told), lagOf(now)),
  ]
  return distances.some(one => one === null || one >= least)
}

/** Partitions whose numbers are others by `minChange` than those told last; ends when a group named is gone. */
export const lagChanges =
  (minChange: bigint, isNamed: boolean): Advance<LagSnapshot, readonly GroupOffset[]> =>
  (told, newest) => {
    const news: GroupOffset[] = []
    const offsets = new Map<string, GroupOffset>()
    let heldBack = 0
    for (const [key, now] of newest.offsets) {
      const before = told.offsets.get(key)
      const isNews = before === undefined || (before !== now && isWorthTelling(before, now, minChange))
      if (isNews) news.push(now)
      if (!isNews && before !== now) heldBack += 1
      offsets.set(key, isNews ? now : before)
    }
    const gone = isNamed ? [...told.groups.keys()].find(groupId => !newest.groups.has(groupId)) : undefined
    return {
      // Whoever was told everything stands where all others stand.
      seen: heldBack === 0 ? newest : { groups: newest.groups, offsets },
      events: news.length === 0 ? [] : [news],
      end: gone === undefined ? null : notFound(gone),
    }
  }
