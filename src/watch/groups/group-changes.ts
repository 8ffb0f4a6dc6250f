import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { GroupDescription, GroupList } from '../../kafka/groups.ts'
import type { GroupChange, GroupsWatched } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import { Confirmed } from '../poll/confirmed.ts'
import type { Look } from '../poll/shared-poll.ts'
import { hiddenGroups, mustBeFew } from './hidden-groups.ts'

/** Groups at one moment, by id. */
export interface GroupsSnapshot {
  readonly groups: ReadonlyMap<string, GroupDescription>
}

/** The requests that a group poll needs. */
export interface GroupQuestions {
  readonly listGroups: () => Promise<GroupList>
  /** One request for all polls due at the same moment. */
  readonly describeGroups: (groupIds: readonly string[]) => Promise<readonly Outcome<GroupDescription>[]>
  readonly most: number
}

const idsOf = ({ members }: GroupDescription): readonly string[] => members.map(({ memberId }) => memberId)

const isAsBefore = (before: GroupDescription, now: GroupDescription): boolean =>
  before.state === now.state &&
  before.coordinator === now.coordinator &&
  before.members.length === now.members.length &&
  idsOf(before).every((memberId, index) => memberId === now.members[index]?.memberId)

type Known = GroupsSnapshot['groups'] | null

const chosenIds = async (
  { groupIds, covers }: GroupsWatched,
  { listGroups, most }: GroupQuestions,
  previous: Known,
): Promise<readonly string[]> => {
  if (groupIds !== null) return groupIds
  const list = await listGroups()
  const ids = [...list.groups.filter(covers), ...hiddenGroups(list, previous)].map(({ groupId }) => groupId)
  mustBeFew(ids.length, most)
  return ids
}

/**
 * Keeps the previous state of a group that cannot be described right now, so that it does not delay the others. For a
 * group watched by name, a final refusal ends the poll. So does any failure in the first poll, where the group would
 * look missing.
 */
const described = (outcome: Outcome<GroupDescription>, before: GroupDescription | undefined, look: Naming) => {
  if (!isFailure(outcome)) return outcome
  if (outcome.code === 'GROUP_ID_NOT_FOUND') return undefined
  if (look.isNamed && (look.isFirst || !outcome.retriable)) throw outcome
  return before
}

interface Naming {
  readonly isNamed: boolean
  readonly isFirst: boolean
}

/** Polls groups and their members. */
export const groupsLook = (watched: GroupsWatched, questions: GroupQuestions): Look<GroupsSnapshot> => {
  const confirmed = new Confirmed<string, GroupDescription>({
    isSame: () => true,
    merge: (previous, next) => (isAsBefore(previous, next) ? previous : next),
  })
  return async previous => {
    const known = previous?.groups ?? null
    const ids = await chosenIds(watched, questions, known)
    const outcomes = await questions.describeGroups(ids)
    const look = { isNamed: watched.groupIds !== null, isFirst: previous === null }
    const reported = new Map<string, GroupDescription>()
    for (const [index, groupId] of ids.entries()) {
      const outcome = outcomes[index]
      const group = outcome && described(outcome, known?.get(groupId), look)
      if (group !== undefined && watched.covers(group)) reported.set(groupId, group)
    }
    const groups = confirmed.take(known, reported)
    return previous !== null && groups === known ? previous : { groups }
  }
}

const membersChanged = (before: GroupDescription | undefined, group: GroupDescription): readonly GroupChange[] => {
  const [had, has] = [new Set(before ? idsOf(before) : []), new Set(idsOf(group))]
  return [
    ...(before?.members ?? []).flatMap(member =>
      has.has(member.memberId) ? [] : [{ kind: 'groupMemberLeft' as const, group, member }],
    ),
    ...group.members.flatMap(member =>
      had.has(member.memberId) ? [] : [{ kind: 'groupMemberJoined' as const, group, member }],
    ),
  ]
}

const changed = (before: GroupDescription | undefined, group: GroupDescription): readonly GroupChange[] => {
  if (before === group) return []
  const from = before?.state ?? 'DEAD'
  const state: readonly GroupChange[] = from === group.state ? [] : [{ kind: 'groupStateChanged', group, from }]
  return [...state, ...membersChanged(before, group)]
}

/** Groups that appear, change their state, gain or lose members, and disappear. */
export const groupChanges: Advance<GroupsSnapshot, GroupChange> = (seen, newest) => ({
  seen: newest,
  events: [
    ...[...seen.groups.values()].flatMap(group =>
      newest.groups.has(group.groupId) ? [] : [{ kind: 'groupDeleted' as const, group }],
    ),
    ...[...newest.groups.values()].flatMap(group => changed(seen.groups.get(group.groupId), group)),
  ],
  end: null,
})
