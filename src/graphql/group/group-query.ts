import { Cluster } from '../cluster/cluster-type.ts'
import { objectField, parts, queryField } from '../core/schema-part.ts'
import { findGroup } from './group-node.ts'
import { Group } from './group-type.ts'

const description =
  'One group by its id, of any protocol, as `kafka-consumer-groups --describe` shows it. Null if no group has this id.'
const groupIdDescription =
  'The id of the group, with any characters. The empty id is valid too: clients that commit offsets without a group id use it.'

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
