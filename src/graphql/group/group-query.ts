import { builder } from '../builder.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { findGroup } from './group-node.ts'
import { Group } from './group-type.ts'

const description =
  'One group by its id, of any protocol, as `kafka-consumer-groups --describe` shows it. Null if no group has this id.'
const groupIdDescription =
  'The id of the group, with any characters. The empty id is valid too: clients that commit offsets without a group id use it.'

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
