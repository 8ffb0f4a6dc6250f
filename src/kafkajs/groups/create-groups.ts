import type { GroupDescription } from '../../kafka/groups.ts'
import { isFailure, KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import type { GroupAdmin } from '../../kafka/ports/group-admin.ts'
import type { Groups } from '../../kafka/ports/groups.ts'
import { Cached } from '../catalog/cached.ts'
import { boundsOf, sharedWith } from '../connection/call-bounds.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
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

/** What the groups stand on. */
interface GroupsOptions {
  readonly cluster: ClusterMap
  readonly limits: GroupLimits
}

/** Groups whose descriptions are kept for a moment: a few pages of them. */
const MAX_DESCRIPTIONS = 500

/** What is kept goes only when something newer comes: of a group of 2,000 members that were tens of megabytes. */
const MAX_MEMBERS_KEPT = 200

// Failures are asked for again: the group may be there a moment later.
const isKept = (outcome: Outcome<GroupDescription>): boolean =>
  !isFailure(outcome) && outcome.members.length <= MAX_MEMBERS_KEPT

/** Outcomes of the ids that are sound, put between the problems of the others, in order. */
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

/** Reads and changes groups. Equal questions under way are asked once; a caller that gives up does not end them for the others. */
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
  // After every change, also one that failed: it may have taken hold.
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
