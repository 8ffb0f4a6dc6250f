import { builder } from '../builder.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { findGroup } from './group-node.ts'
import { Group } from './group-type.ts'

const description =
  'One group by its id, as `kafka-consumer-groups --describe` shows it, whatever protocol its members speak. Null when there is none of this id.'
const groupIdDescription =
  'The id of the group; any characters. The empty id is one too: clients that commit offsets without naming a group use it.'

builder.queryField('consumerGroup', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => findGroup(groupId, context),
  }),
)

builder.objectField(Cluster, 'group', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => findGroup(groupId, context),
  }),
)
