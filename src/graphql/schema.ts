import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'
import './scalars.ts'
import './node.ts'
import './cluster/cluster-type.ts'
import './topic/topic-query.ts'
import './topic/topics-query.ts'
import './partition/topic-partitions.ts'
import './partition/partition-offsets.ts'
import './partition/min-isr.ts'
import './replica/partition-replicas.ts'
import './config/resource-configs.ts'
import './config/configs-query.ts'
import './config/group-configs.ts'
import './config/alter-configs.ts'
import './topic/create-topics.ts'
import './topic/delete-topics.ts'
import './partition/create-partitions.ts'
import './group/reset-group-offsets.ts'
import './group/alter-group-offsets.ts'
import './group/delete-group-offsets.ts'
import './group/delete-groups.ts'
import './group/remove-members.ts'
import './produce/produce-mutation.ts'
import './group/group-query.ts'
import './group/groups-query.ts'
import './group/group-members.ts'
import './group/group-offsets.ts'
import './group/topic-groups.ts'
import './partition/partition-changed.ts'
import './topic/topic-changed.ts'
import './topic/topic-throughput.ts'
import './cluster/broker-changed.ts'
import './message/messages-subscription.ts'
import './message/message-stream-subscription.ts'

builder.queryType({ description: 'Reads: what the cluster is and holds. Nothing is ever created by asking.' })
builder.mutationType({
  description:
    'Writes: messages, topics and groups. A list is carried out item by item: `errors` names what Kafka refused, everything else is done.',
})
builder.subscriptionType({ description: 'Live streams, over WebSocket (graphql-transport-ws) or server-sent events.' })

/** The schema, with everything that the folders beside this file register. */
export const buildSchema = (): GraphQLSchema => builder.toSchema()
