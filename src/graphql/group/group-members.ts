import type { CommittedOffset, GroupDescription, GroupMemberDescription } from '../../kafka/groups.ts'
import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { interfaceField, objectField, objectRef, parts } from '../schema-part.ts'
import { commitsOf, totalLagOf } from './group-lag.ts'
import { describeGroup, type GroupNode } from './group-node.ts'
import { GroupPartitionOffset } from './group-partition-offset.ts'
import { Group } from './group-type.ts'

interface MemberShape {
  readonly group: GroupNode
  readonly member: GroupMemberDescription
}

const keyOf = ({ topic, partition }: TopicPartitionShape): string => `${topic}/${partition}`

const commitsByPartition = new WeakMap<readonly CommittedOffset[], ReadonlyMap<string, CommittedOffset>>()
const membersByPartition = new WeakMap<GroupDescription, ReadonlyMap<string, GroupMemberDescription>>()

/** Made once for what it is made of: a group may have thousands of partitions and as many members. */
const indexed = <Source extends object, T>(
  known: WeakMap<Source, ReadonlyMap<string, T>>,
  source: Source,
  entries: () => readonly (readonly [string, T])[],
): ReadonlyMap<string, T> => {
  const index = known.get(source) ?? new Map(entries())
  known.set(source, index)
  return index
}

/** Share groups commit nothing: nobody can say which of its members has what still to read. */
const memberLag = async ({ group, member }: MemberShape, context: GraphQLContext): Promise<bigint | null> => {
  if (group.kind === 'ShareGroup') return null
  const all = await commitsOf(group, context)
  const index = indexed(commitsByPartition, all, () => all.map(one => [keyOf(one), one]))
  const own = member.assignment.flatMap(one => index.get(keyOf(one)) ?? [])
  return totalLagOf(own, context)
}

/** A client that reads as a part of a group. */
export const GroupMember = objectRef<MemberShape>('GroupMember').implement({
  description: 'A client that reads as a part of a group.',
  fields: t => ({
    consumerId: t.string({
      description: 'The id that the coordinator, or the member itself, made up for it when it joined.',
      resolve: ({ member }) => member.memberId,
    }),
    groupInstanceId: t.string({
      description:
        'The id of a static member (`group.instance.id`): it may restart without its partitions being given to others. Null for a dynamic one.',
      nullable: true,
      resolve: ({ member }) => member.groupInstanceId,
    }),
    clientId: t.string({ description: 'What the client calls itself.', resolve: ({ member }) => member.clientId }),
    host: t.string({
      description: 'Where it connects from, as the broker sees it.',
      resolve: ({ member }) => member.host,
    }),
    rackId: t.string({
      description: 'The rack that it says it stands in. Null when it does not say.',
      nullable: true,
      resolve: ({ member }) => member.rackId,
    }),
    assignment: t.field({
      description:
        'The partitions that it reads now. Empty while it has none, and where its assignment is not made of partitions, as with Kafka Connect.',
      type: [TopicPartition],
      resolve: ({ member }) => member.assignment,
    }),
    targetAssignment: t.field({
      description:
        'The partitions that the coordinator wants it to read; different from `assignment` while the group moves partitions about. Null in classic groups, where there is no such thing.',
      type: [TopicPartition],
      nullable: true,
      resolve: ({ member }) => member.targetAssignment,
    }),
    memberEpoch: t.int({
      description: 'The `groupEpoch` that this member has caught up with. Null in classic groups.',
      nullable: true,
      resolve: ({ member }) => member.memberEpoch,
    }),
    upgraded: t.boolean({
      description:
        'Whether it speaks the newer consumer protocol, in a group on its way from the classic one. Null where Kafka does not tell.',
      nullable: true,
      resolve: ({ member }) => member.isUpgraded,
    }),
    lag: t.field({
      description:
        'How many messages it has still to read: the sum over its partitions in which the group has committed. Null in share groups; null with an error beside it when it cannot be known now.',
      type: 'Long',
      nullable: true,
      resolve: (shape, _, context) => translating(() => memberLag(shape, context)),
    }),
  }),
})

const groupMembers = interfaceField(Group, 'members', t =>
  t.field({
    description: 'The members that are alive now. Null, with an error beside it, when the coordinator does not answer.',
    type: [GroupMember],
    nullable: true,
    resolve: async (group, _, context) =>
      (await describeGroup(group, context)).members.map(member => ({ group, member })),
  }),
)

const memberAt = async (group: GroupNode, at: TopicPartitionShape, context: GraphQLContext) => {
  const description = await describeGroup(group, context)
  const index = indexed(membersByPartition, description, () =>
    description.members.flatMap(member => member.assignment.map(one => [keyOf(one), member] as const)),
  )
  const member = index.get(keyOf(at))
  return member ? { group, member } : null
}

const groupPartitionOffsetMember = objectField(GroupPartitionOffset, 'member', t =>
  t.field({
    description:
      'The member that reads this partition now. Null when none does, or with an error beside it when the coordinator does not answer.',
    type: GroupMember,
    nullable: true,
    resolve: (committed, _, context) => memberAt(committed.group, committed, context),
  }),
)

/** What this file adds to a schema. */
export const groupMembersParts = parts(GroupMember, groupMembers, groupPartitionOffsetMember)
