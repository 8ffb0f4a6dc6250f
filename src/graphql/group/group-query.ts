import { builder } from '../builder.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../failures.ts'
import { findGroup, type GroupNode } from './group-node.ts'
import { Group } from './group-type.ts'

const description =
  'One group by its id, as `kafka-consumer-groups --describe` shows it, whatever protocol its members speak. Null when there is none of this id.'
const groupIdDescription = 'The id of the group; any characters, but not none.'

const byId = async (groupId: string, context: GraphQLContext): Promise<GroupNode | null> => {
  if (groupId === '') throw badInput('groupId', 'cannot be empty: give the id that the members of the group name.')
  return findGroup(groupId, context)
}

builder.queryField('consumerGroup', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => byId(groupId, context),
  }),
)

builder.objectField(Cluster, 'group', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => byId(groupId, context),
  }),
)
