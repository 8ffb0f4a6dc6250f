import type { GroupChange, GroupLagWatched, GroupOffset, GroupsWatched, Watches } from '../../kafka/ports/watches.ts'
import { remembered, rememberedBy } from '../poll/advance.ts'
import { positionIn } from '../poll/open-watch.ts'
import type { View } from '../poll/position.ts'
import type { WatchRegistry } from '../poll/watch-registry.ts'
import { type GroupQuestions, type GroupsSnapshot, groupChanges, groupsLook } from './group-changes.ts'
import { lagChanges, mustBeGroups } from './lag-changes.ts'
import { type LagQuestions, type LagSnapshot, lagLook } from './lag-look.ts'

const distinct = (groupIds: readonly string[] | null): readonly string[] | null =>
  groupIds && [...new Set(groupIds)].sort()

/** The first event of watches that begin with the full state; made once for each snapshot. */
const whole = (): ((snapshot: LagSnapshot) => readonly (readonly GroupOffset[])[]) => {
  const made = new WeakMap<LagSnapshot, readonly (readonly GroupOffset[])[]>()
  return snapshot => {
    const events = made.get(snapshot) ?? [[...snapshot.offsets.values()]]
    made.set(snapshot, events)
    return events
  }
}

/** The watches of groups and of their lag. */
export class GroupWatches implements Pick<Watches, 'groupChanges' | 'groupLag'> {
  readonly #registry: WatchRegistry
  readonly #changePolls
  readonly #lagPolls
  readonly #questions: GroupQuestions & LagQuestions
  readonly #groupChanges = remembered(groupChanges)
  readonly #namedLag = rememberedBy((minChange: bigint) => lagChanges(minChange, true))
  readonly #everyLag = rememberedBy((minChange: bigint) => lagChanges(minChange, false))
  readonly #whole = whole()

  constructor(
    registry: WatchRegistry,
    questions: Omit<GroupQuestions & LagQuestions, 'listOffsets' | 'most'>,
    listOffsets: LagQuestions['listOffsets'],
  ) {
    this.#registry = registry
    this.#changePolls = registry.polls<GroupsSnapshot>()
    this.#lagPolls = registry.polls<LagSnapshot>()
    this.#questions = { ...questions, listOffsets, most: registry.limits.groups }
  }

  groupChanges: Watches['groupChanges'] = (call, asked) => {
    const watched: GroupsWatched = { ...asked, groupIds: distinct(asked.groupIds) }
    const view = (): View<GroupsSnapshot, GroupChange> => ({
      poll: this.#changePolls.of(keyOf(watched), () => groupsLook(watched, this.#questions)),
      intervalMs: this.#registry.limits.clusterMs,
      advance: this.#groupChanges,
      accepts: asked.accepts,
    })
    return this.#registry.open<GroupChange>([positionIn(view)], call)
  }

  groupLag: Watches['groupLag'] = (call, asked) => {
    const watched: GroupLagWatched = { ...asked, groupIds: distinct(asked.groupIds) }
    const { groupIds, intervalMs, minChange } = watched
    const view = (): View<LagSnapshot, readonly GroupOffset[]> => ({
      poll: this.#lagPolls.of(keyOf(watched), () => lagLook(watched, this.#questions)),
      intervalMs,
      advance: groupIds === null ? this.#everyLag(minChange) : this.#namedLag(minChange),
      first: snapshot => {
        mustBeGroups(groupIds ?? [], snapshot)
        return this.#whole(snapshot)
      },
    })
    return this.#registry.open<readonly GroupOffset[]>([positionIn(view)], call)
  }
}

const keyOf = ({ groupIds, key }: Pick<GroupsWatched, 'groupIds' | 'key'>): string => JSON.stringify([groupIds, key])
