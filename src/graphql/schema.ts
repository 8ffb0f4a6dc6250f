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

builder.queryType({ description: 'Reads: what the cluster is and holds. Nothing is ever created by asking.' })

/** The schema, with everything that the folders beside this file register. */
export const buildSchema = (): GraphQLSchema => builder.toSchema()
