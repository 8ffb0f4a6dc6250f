import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { groupedBy } from '../../kafka/grouped-by.ts'
import type { CommittedOffset, GroupDescription, GroupList, GroupListing } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { OffsetFound, OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { GroupLagWatched, GroupOffset } from '../../kafka/ports/watches.ts'
import { partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import { Confirmed } from '../poll/confirmed.ts'
import type { Look } from '../poll/shared-poll.ts'
import { throwIfUnsupported } from '../poll/unsupported.ts'
import { hiddenGroups, mustBeFew } from './hidden-groups.ts'

/** The read progress of groups at one moment. */
export interface LagSnapshot {
  /** Existing groups by id, including those left out of `offsets`. */
  readonly groups: ReadonlyMap<string, GroupListing>
  /** By group, topic and partition. An object is reused until its numbers change. */
  readonly offsets: ReadonlyMap<string, GroupOffset>
}

/** The requests that a lag poll needs. Each is one request for all polls due at the same moment. */
export interface LagQuestions {
  readonly listGroups: () => Promise<GroupList>
  readonly describeGroups: (groupIds: readonly string[]) => Promise<readonly Outcome<GroupDescription>[]>
  readonly committedOffsets: (groupIds: readonly string[]) => Promise<readonly Outcome<readonly CommittedOffset[]>[]>
  readonly listOffsets: (requests: readonly OffsetRequest[]) => Promise<readonly Outcome<OffsetFound>[]>
  readonly most: number
}

type Committed = Omit<GroupOffset, 'latestOffset'>

type Watched = Pick<GroupLagWatched, 'groupIds' | 'covers' | 'holds'>

const keyOf = (groupId: string, partition: TopicPartition): string => `${partitionKey(partition)} ${groupId}`

const ofGroup = (previous: LagSnapshot | null, groupId: string): readonly GroupOffset[] =>
  [...(previous?.offsets.values() ?? [])].filter(one => one.group.groupId === groupId)

/**
 * Groups that the list omits: the list may be slightly older than the group, or the coordinator may not answer. A group
 * that cannot be described right now keeps its previous state, so that it does not delay the others. @throws KafkaError
 * for a final refusal, and for any failure of the first poll.
 */
const unlistedGroups = async (
  groupIds: readonly string[],
  { describeGroups }: LagQuestions,
  previous: LagSnapshot | null,
): Promise<readonly GroupListing[]> => {
  const outcomes = await describeGroups(groupIds)
  return outcomes.flatMap((outcome, index): readonly GroupListing[] => {
    if (!isFailure(outcome)) return [{ ...outcome, coordinator: outcome.coordinator ?? -1 }]
    if (outcome.code === 'GROUP_ID_NOT_FOUND') return []
    if (previous === null || !outcome.retriable) throw outcome
    return [previous.groups.get(groupIds[index] ?? '')].filter(group => group !== undefined)
  })
}

const presentGroups = async (
  { groupIds, covers }: Watched,
  questions: LagQuestions,
  previous: LagSnapshot | null,
): Promise<ReadonlyMap<string, GroupListing>> => {
  const list = await questions.listGroups()
  const all = [...list.groups, ...hiddenGroups(list, previous?.groups ?? null)]
  const byId = new Map(all.map(group => [group.groupId, group]))
  if (groupIds !== null) {
    const unlisted = groupIds.filter(groupId => !byId.has(groupId))
    const listed = groupIds.flatMap(groupId => byId.get(groupId) ?? [])
    const named = [...listed, ...(await unlistedGroups(unlisted, questions, previous))]
    return new Map(named.map(group => [group.groupId, group]))
  }
  const chosen = all.filter(covers)
  mustBeFew(chosen.length, questions.most)
  return new Map(chosen.map(group => [group.groupId, group]))
}

/**
 * The committed offsets of each group. A group that cannot answer right now keeps its previous offsets. For a named
 * group, a refusal ends the poll.
 */
const committedBy = async (
  groups: readonly GroupListing[],
  isNamed: boolean,
  { committedOffsets }: LagQuestions,
  previous: LagSnapshot | null,
): Promise<readonly Committed[]> => {
  const outcomes = await committedOffsets(groups.map(({ groupId }) => groupId))
  return groups.flatMap((group, index): readonly Committed[] => {
    const outcome = outcomes[index]
    if (outcome === undefined) return []
    if (!isFailure(outcome)) return outcome.map(one => ({ ...one, group }))
    if (isNamed && (previous === null || !outcome.retriable)) throw outcome
    return ofGroup(previous, group.groupId)
  })
}

const latestOf = (outcome: Outcome<OffsetFound> | undefined, before: GroupOffset | undefined): Offset | null => {
  if (outcome !== undefined && !isFailure(outcome)) return outcome.offset
  return outcome?.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : (before?.latestOffset ?? null)
}

const isAsBefore = (before: GroupOffset, now: GroupOffset): boolean =>
  before.offset === now.offset &&
  before.latestOffset === now.latestOffset &&
  before.lag === now.lag &&
  before.leaderEpoch === now.leaderEpoch &&
  before.metadata === now.metadata &&
  before.group.type === now.group.type

/** Polls the progress of groups: list, commits and log ends, each with one request for all groups. */
export const lagLook = (watched: Watched, questions: LagQuestions): Look<LagSnapshot> => {
  const confirmed = new Confirmed<string, GroupListing>({ isSame: () => true, merge: (_, next) => next })
  return async previous => {
    const reported = await presentGroups(watched, questions, previous)
    const groups = confirmed.take(previous?.groups ?? null, reported)
    const isNamed = watched.groupIds !== null
    const missed = [...groups.keys()].filter(groupId => !reported.has(groupId))
    const committed = [
      ...(await committedBy([...reported.values()].filter(watched.covers), isNamed, questions, previous)),
      ...missed.flatMap(groupId => ofGroup(previous, groupId)),
    ]
    const ends = await questions.listOffsets(
      committed.map(({ topic, partition }) => ({ topic, partition, at: 'latest', isolationLevel: 'READ_UNCOMMITTED' })),
    )
    throwIfUnsupported(ends)
    const offsets = committed.map((one, index): GroupOffset => {
      const before = previous?.offsets.get(keyOf(one.group.groupId, one))
      const now: GroupOffset = { ...one, latestOffset: latestOf(ends[index], before) }
      return before !== undefined && isAsBefore(before, now) ? before : now
    })
    const byGroup = groupedBy(offsets, one => one.group.groupId)
    const chosen = [...byGroup.values()].filter(watched.holds).flat()
    return unlessSame(previous, { groups, offsets: new Map(chosen.map(one => [keyOf(one.group.groupId, one), one])) })
  }
}

const unlessSame = (previous: LagSnapshot | null, now: LagSnapshot): LagSnapshot => {
  const isSame =
    previous !== null &&
    previous.offsets.size === now.offsets.size &&
    [...now.offsets].every(([key, one]) => previous.offsets.get(key) === one) &&
    previous.groups.size === now.groups.size &&
    [...now.groups.keys()].every(groupId => previous.groups.has(groupId))
  return isSame ? previous : now
}
