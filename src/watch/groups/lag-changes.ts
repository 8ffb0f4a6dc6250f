import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { GroupOffset } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import type { LagSnapshot } from './lag-look.ts'

const notFound = (groupId: string): KafkaError =>
  new KafkaError('GROUP_ID_NOT_FOUND', `There is no group ${JSON.stringify(groupId)}.`, { details: { groupId } })

/** @throws KafkaError GROUP_ID_NOT_FOUND for the first of these that does not exist. */
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

/** True when a number changed by at least `least`, or became known or unknown. */
const isWorthTelling = (seen: GroupOffset, now: GroupOffset, least: bigint): boolean => {
  const distances = [
    distance(seen.offset, now.offset),
    distance(seen.latestOffset, now.latestOffset),
    distance(lagOf(seen), lagOf(now)),
  ]
  return distances.some(one => one === null || one >= least)
}

/**
 * Partitions whose numbers differ by at least `minChange` from those last reported. Ends when a named group is deleted.
 */
export const lagChanges =
  (minChange: bigint, isNamed: boolean): Advance<LagSnapshot, readonly GroupOffset[]> =>
  (seen, newest) => {
    const news: GroupOffset[] = []
    const offsets = new Map<string, GroupOffset>()
    let heldBack = 0
    for (const [key, now] of newest.offsets) {
      const before = seen.offsets.get(key)
      const isNews = before === undefined || (before !== now && isWorthTelling(before, now, minChange))
      if (isNews) news.push(now)
      if (!isNews && before !== now) heldBack += 1
      offsets.set(key, isNews ? now : before)
    }
    const gone = isNamed ? [...seen.groups.keys()].find(groupId => !newest.groups.has(groupId)) : undefined
    return {
      // A watcher with nothing held back shares the newest snapshot with all others.
      seen: heldBack === 0 ? newest : { groups: newest.groups, offsets },
      events: news.length === 0 ? [] : [news],
      end: gone === undefined ? null : notFound(gone),
    }
  }
