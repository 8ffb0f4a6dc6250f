import type { GroupChange } from '../../../kafka/ports/watches.ts'
import { objectRef, parts, unionType } from '../../core/schema-part.ts'
import { GroupStateEnum } from '../group-enums.ts'
import { GroupMember } from '../group-members.ts'
import { groupKnown } from '../group-node.ts'
import { Group, groupGlobalId } from '../group-type.ts'

type ChangeOf<Kind extends GroupChange['kind']> = Extract<GroupChange, { readonly kind: Kind }>

const nodeOf = ({ group }: GroupChange) => groupKnown(group)

const GroupStateChanged = objectRef<ChangeOf<'groupStateChanged'>>('GroupStateChanged').implement({
  description:
    'A group changed its state: for example, it started to rebalance, became stable or became empty. A new group was DEAD before.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    from: t.expose('from', { description: 'The previous state.', type: GroupStateEnum }),
    to: t.field({ description: 'The new state.', type: GroupStateEnum, resolve: ({ group }) => group.state }),
  }),
})

const GroupMemberJoined = objectRef<ChangeOf<'groupMemberJoined'>>('GroupMemberJoined').implement({
  description: 'A member joined a group. The group redistributes its partitions.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    member: t.field({
      description: 'The new member, with the partitions that were assigned to it when it was first seen.',
      type: GroupMember,
      resolve: ({ group, member }) => ({ group: groupKnown(group), member }),
    }),
  }),
})

const GroupMemberLeft = objectRef<ChangeOf<'groupMemberLeft'>>('GroupMemberLeft').implement({
  description: 'A member left its group, or the group removed it because it sent no heartbeat.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    consumerId: t.string({ description: 'The id of the member.', resolve: ({ member }) => member.memberId }),
  }),
})

const GroupDeleted = objectRef<ChangeOf<'groupDeleted'>>('GroupDeleted').implement({
  description: 'A group no longer exists: it was deleted, or its offsets expired.',
  fields: t => ({
    id: t.id({
      description: 'The global id (`Group.id`) of the group, so that a client can remove it from its cache.',
      resolve: (change, _, context) => groupGlobalId(nodeOf(change), context),
    }),
    groupId: t.string({ description: 'The id of the group.', resolve: ({ group }) => group.groupId }),
  }),
})

const TYPE_NAMES = {
  groupStateChanged: GroupStateChanged.name,
  groupMemberJoined: GroupMemberJoined.name,
  groupMemberLeft: GroupMemberLeft.name,
  groupDeleted: GroupDeleted.name,
} as const

export const GroupChangeUnion = unionType('GroupChange', {
  description: 'A change of a group.',
  types: [GroupStateChanged, GroupMemberJoined, GroupMemberLeft, GroupDeleted],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

/** What this file adds to a schema. */
export const groupChangeParts = parts(
  GroupStateChanged,
  GroupMemberJoined,
  GroupMemberLeft,
  GroupDeleted,
  GroupChangeUnion,
)
