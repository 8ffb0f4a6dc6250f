import { type GraphQLSchema, isObjectType } from 'graphql'
import { shown } from '../kafka/text.ts'
import type { GraphQLContext } from './context.ts'
import { badInput } from './failures.ts'
import { interfaceRef, parts, queryField } from './schema-part.ts'

/** The types that have a global id. */
export type NodeKind =
  | 'Cluster'
  | 'Broker'
  | 'Topic'
  | 'Partition'
  | 'Replica'
  | 'ConsumerGroup'
  | 'ShareGroup'
  | 'StreamsGroup'

/** Anything with a global id says what it is. */
export interface NodeShape {
  /** The name of its type. */
  readonly kind: string
}

/** Finds a thing of one kind by the parts of its id; null if it does not exist. */
export type FindNode = (parts: readonly string[], context: GraphQLContext) => Promise<NodeShape | null>

declare module 'graphql' {
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    /** For a type with global ids. */
    readonly findNode?: FindNode
  }
}

/** The id of a thing: its kind and what finds it among its kind, opaque. No part holds a ":". */
export const globalId = (kind: NodeKind, ...parts: readonly (string | number)[]): string =>
  Buffer.from([kind, ...parts].join(':')).toString('base64url')

/** A part of an id that counts something; null when it does not. */
export const idNumber = (part: string | undefined): number | null =>
  part !== undefined && /^\d{1,10}$/.test(part) ? Number(part) : null

/** The longest id is that of a group: its id has at most 32,767 bytes, and base64url twice adds a third each. */
const MAX_ID_LENGTH = 60_000

const notAnId = (argument: string, id: string) =>
  badInput(
    argument,
    `${shown(id)} is not an id of this API: use the "id" of a cluster, broker, topic, partition, replica or group.`,
  )

/** A schema finds only its own types: each type carries its finder. */
const finderOf = (kind: string, schema: GraphQLSchema): FindNode | undefined => {
  const type = schema.getType(kind)
  return isObjectType(type) ? type.extensions.findNode : undefined
}

const findNode = async (
  argument: string,
  id: string,
  context: GraphQLContext,
  schema: GraphQLSchema,
): Promise<NodeShape | null> => {
  if (id.length > MAX_ID_LENGTH) throw notAnId(argument, id)
  const text = Buffer.from(id, 'base64url').toString()
  const [kind = '', ...parts] = text.split(':')
  const find = finderOf(kind, schema)
  if (!find || Buffer.from(text).toString('base64url') !== id) throw notAnId(argument, id)
  return find(parts, context)
}

/** Everything that can be found again by its id alone. */
export const NodeInterface = interfaceRef<NodeShape>('Node').implement({
  description:
    'Anything that can be found again by its id alone, however deep it was found: a cluster, broker, topic, partition, replica or group. (Relay owns this name: what Kafka calls a node is a Broker here.)',
  resolveType: ({ kind }) => kind,
  fields: t => ({
    id: t.id({
      description: 'An opaque id, unique over all types. Give it to `node` to find the same thing again.',
      resolve: () => '',
    }),
  }),
})

const nodeQuery = queryField('node', t =>
  t.field({
    description: 'One thing by its id; null when it is no longer there.',
    type: NodeInterface,
    nullable: true,
    args: {
      id: t.arg.id({
        required: true,
        description: 'The `id` of a cluster, broker, topic, partition, replica or group.',
      }),
    },
    resolve: (_, { id }, context, { schema }) => findNode('id', id, context, schema),
  }),
)

const nodesQuery = queryField('nodes', t =>
  t.field({
    description: 'Several things by their ids, in the same order; null where one is no longer there.',
    type: [NodeInterface],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({ required: true, description: 'Ids of any of the types that have one, mixed as you like.' }),
    },
    resolve: (_, { ids }, context, { schema }) => {
      const { max } = context.limits.page
      if (ids.length > max) throw badInput('ids', `takes at most ${max} ids, this request has ${ids.length}.`)
      return ids.map((id, index) => findNode(`ids[${index}]`, id, context, schema))
    },
  }),
)

/** What this file adds to a schema. */
export const nodeParts = parts(NodeInterface, nodeQuery, nodesQuery)
