import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { GroupDescription } from '../../../kafka/groups.ts'
import type { GroupAdmin } from '../../../kafka/ports/group-admin.ts'
import type { Groups } from '../../../kafka/ports/groups.ts'
import { boundsOf, sharedWith } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { Cached } from '../cached.ts'
import { alterOffsets, deleteOffsets } from './change-offsets.ts'
import { committedOffsets } from './committed-offsets.ts'
import { deleteGroups } from './delete-groups.ts'
import { describeGroups } from './describe-groups.ts'
import { GroupCensus } from './group-census.ts'
import { GroupCoordinators } from './group-coordinators.ts'
import { groupIdProblem } from './group-id-problem.ts'
import type { GroupLimits } from './group-limits.ts'
import { listGroups } from './list-groups.ts'
import { removeMembers } from './remove-members.ts'

/** Dependencies of the groups. */
interface GroupsOptions {
  readonly cluster: ClusterMap
  readonly limits: GroupLimits
}

/** Maximum number of cached descriptions: a few pages. */
const MAX_DESCRIPTIONS = 500

/**
 * A cached description is dropped only when newer ones arrive, and one of 2,000 members would keep tens of megabytes.
 */
const MAX_MEMBERS_KEPT = 200

// Failures are not cached, because the group may be created a moment later.
const isKept = (outcome: Outcome<GroupDescription>): boolean =>
  !isFailure(outcome) && outcome.members.length <= MAX_MEMBERS_KEPT

/** Calls `ask` with the valid ids. Returns its outcomes and the problems of the other ids, in order. */
const eachSound = async <T>(
  groupIds: readonly string[],
  ask: (sound: readonly string[]) => Promise<readonly Outcome<T>[]>,
): Promise<readonly Outcome<T>[]> => {
  const sound = groupIds.filter(groupId => groupIdProblem(groupId) === null)
  const outcomes = (sound.length > 0 ? await ask(sound) : []).values()
  return groupIds.map(
    groupId => groupIdProblem(groupId) ?? outcomes.next().value ?? new KafkaError('UNKNOWN_SERVER_ERROR'),
  )
}

/**
 * Reads and changes groups. Equal concurrent requests share one call to Kafka. Aborting one caller does not affect the
 * others.
 */
export const createGroups = ({
  cluster,
  limits,
}: GroupsOptions): { readonly groups: Groups; readonly groupAdmin: GroupAdmin } => {
  const { deadlineMs } = limits
  const parts = { cluster, limits, coordinators: new GroupCoordinators(cluster) }
  const census = new GroupCensus(() => listGroups(parts), limits.cacheMs)
  const descriptions = new Cached<Outcome<GroupDescription>>({
    ttlMs: limits.cacheMs,
    maxEntries: MAX_DESCRIPTIONS,
    isKept,
  })
  const describe = (groupIds: readonly string[]) => describeGroups(parts, census, groupIds)
  // Called after every change, including failed ones, because they may have succeeded.
  const forget = () => {
    census.forget()
    descriptions.clear()
  }
  return {
    groups: {
      listGroups: async call => (await sharedWith(call, census.take())).list,
      describeGroups: (call, groupIds) =>
        sharedWith(
          call,
          eachSound(groupIds, sound => descriptions.getMany(sound, describe)),
        ),
      committedOffsets: (call, groupIds) =>
        sharedWith(
          call,
          eachSound(groupIds, sound => committedOffsets(parts, census, sound, boundsOf(call, deadlineMs))),
        ),
    },
    groupAdmin: {
      alterOffsets: (call, groupId, offsets) =>
        alterOffsets(parts, groupId, offsets, boundsOf(call, deadlineMs)).finally(forget),
      deleteOffsets: (call, groupId, partitions) =>
        deleteOffsets(parts, groupId, partitions, boundsOf(call, deadlineMs)).finally(forget),
      deleteGroups: (call, groupIds) => deleteGroups(parts, groupIds, boundsOf(call, deadlineMs)).finally(forget),
      removeMembers: (call, groupId, groupInstanceIds) =>
        removeMembers(parts, groupId, groupInstanceIds, boundsOf(call, deadlineMs)).finally(forget),
    },
  }
}
