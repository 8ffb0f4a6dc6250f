import type { GroupChange } from '../../kafka/ports/watches.ts'
import { objectRef, parts, unionType } from '../schema-part.ts'
import { GroupStateEnum } from './group-enums.ts'
import { GroupMember } from './group-members.ts'
import { groupKnown } from './group-node.ts'
import { Group, groupGlobalId } from './group-type.ts'

type ChangeOf<Kind extends GroupChange['kind']> = Extract<GroupChange, { readonly kind: Kind }>

const nodeOf = ({ group }: GroupChange) => groupKnown(group)

const GroupStateChanged = objectRef<ChangeOf<'groupStateChanged'>>('GroupStateChanged').implement({
  description:
    'A group does something else than before: it rebalances, has become stable or empty. A group that comes into being was DEAD before.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    from: t.expose('from', { description: 'What it did before.', type: GroupStateEnum }),
    to: t.field({ description: 'What it does now.', type: GroupStateEnum, resolve: ({ group }) => group.state }),
  }),
})

const GroupMemberJoined = objectRef<ChangeOf<'groupMemberJoined'>>('GroupMemberJoined').implement({
  description: 'A group has another member: the partitions are spread anew.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    member: t.field({
      description: 'The member, with what it had been assigned when it was seen.',
      type: GroupMember,
      resolve: ({ group, member }) => ({ group: groupKnown(group), member }),
    }),
  }),
})

const GroupMemberLeft = objectRef<ChangeOf<'groupMemberLeft'>>('GroupMemberLeft').implement({
  description: 'A member has left its group, or was thrown out because it was not heard of any more.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: nodeOf }),
    consumerId: t.string({ description: 'The id that it had.', resolve: ({ member }) => member.memberId }),
  }),
})

const GroupDeleted = objectRef<ChangeOf<'groupDeleted'>>('GroupDeleted').implement({
  description: 'A group is not there any more: it was deleted, or its offsets have expired.',
  fields: t => ({
    id: t.id({
      description: 'The global id that `Group.id` was, so that a client can take the group out of its cache.',
      resolve: change => groupGlobalId(nodeOf(change)),
    }),
    groupId: t.string({ description: 'The id it had.', resolve: ({ group }) => group.groupId }),
  }),
})

const TYPE_NAMES = {
  groupStateChanged: GroupStateChanged.name,
  groupMemberJoined: GroupMemberJoined.name,
  groupMemberLeft: GroupMemberLeft.name,
  groupDeleted: GroupDeleted.name,
} as const

/** What happens to groups. */
export const GroupChangeUnion = unionType('GroupChange', {
  description: 'What happens to groups.',
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
