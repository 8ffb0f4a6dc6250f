import { Cluster } from '../cluster/cluster-type.ts'
import { objectField, parts, queryField } from '../schema-part.ts'
import { findGroup } from './group-node.ts'
import { Group } from './group-type.ts'

const description =
  'One group by its id, as `kafka-consumer-groups --describe` shows it, whatever protocol its members speak. Null when there is none of this id.'
const groupIdDescription =
  'The id of the group; any characters. The empty id is one too: clients that commit offsets without naming a group use it.'

const consumerGroupQuery = queryField('consumerGroup', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => findGroup(groupId, context),
  }),
)

const clusterGroup = objectField(Cluster, 'group', t =>
  t.field({
    description,
    type: Group,
    nullable: true,
    args: { groupId: t.arg.string({ required: true, description: groupIdDescription }) },
    resolve: (_, { groupId }, context) => findGroup(groupId, context),
  }),
)

/** What this file adds to a schema. */
export const groupQueryParts = parts(consumerGroupQuery, clusterGroup)
