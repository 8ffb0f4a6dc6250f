import { type GraphQLSchema, isObjectType } from 'graphql'
import { DEFAULT_CLUSTER } from '../../kafka/cluster-name.ts'
import { shown } from '../../kafka/text.ts'
import type { GraphQLContext } from './context.ts'
import { badInput } from './errors/failures.ts'
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
  | 'Subject'

/** An object with a global id, which names its type. */
export interface NodeShape {
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

/** The part of a context that ids need. */
export type IdContext = Pick<GraphQLContext, 'call'>

/** Separates the kind from the name of the cluster. Neither contains it. */
const AT = '@'

const kindAt = (kind: string, cluster: string): string =>
  cluster === DEFAULT_CLUSTER ? kind : `${kind}${AT}${cluster}`

/**
 * An opaque global id: the kind, the cluster unless it is the default one, and the parts that find the object. No part
 * contains a ":".
 */
export const globalId = ({ call }: IdContext, kind: NodeKind, ...parts: readonly (string | number)[]): string =>
  Buffer.from([kindAt(kind, call.cluster), ...parts].join(':')).toString('base64url')

/** A numeric part of an id; null when it is not a number. */
export const idNumber = (part: string | undefined): number | null =>
  part !== undefined && /^\d{1,10}$/.test(part) ? Number(part) : null

/**
 * The longest id is a group's: a group id has at most 32,767 bytes, and base64url is applied twice, adding a third each
 * time.
 */
const MAX_ID_LENGTH = 60_000

const notAnId = (argument: string, id: string) =>
  badInput(
    argument,
    `${shown(id)} is not an id of this API: use the "id" of a cluster, broker, topic, partition, replica, group or subject.`,
  )

const ofAnotherCluster = (argument: string, cluster: string, { call }: IdContext) =>
  badInput(argument, `is an id of the cluster ${shown(cluster)}, and this is the cluster ${call.cluster}.`)

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
  const [kindAndCluster = '', ...parts] = text.split(':')
  const [kind = '', cluster = DEFAULT_CLUSTER] = kindAndCluster.split(AT)
  const find = finderOf(kind, schema)
  const isExact = kindAndCluster === kindAt(kind, cluster) && Buffer.from(text).toString('base64url') === id
  if (!find || !isExact) throw notAnId(argument, id)
  if (cluster !== context.call.cluster) throw ofAnotherCluster(argument, cluster, context)
  return find(parts, context)
}

export const NodeInterface = interfaceRef<NodeShape>('Node').implement({
  description:
    'An object with a global id: a cluster, broker, topic, partition, replica, group or subject of the schema registry. A client can store the id and load the object again with `node`. Relay owns the name Node: what Kafka calls a node is a Broker here.',
  resolveType: ({ kind }) => kind,
  fields: t => ({
    id: t.id({
      description: 'An opaque id, unique across all types. Pass it to `node` to load the same object again.',
      resolve: () => '',
    }),
  }),
})

const nodeQuery = queryField('node', t =>
  t.field({
    description: 'Returns the object with this global id; null if it no longer exists.',
    type: NodeInterface,
    nullable: true,
    args: {
      id: t.arg.id({
        required: true,
        description: 'The `id` of a cluster, broker, topic, partition, replica, group or subject.',
      }),
    },
    resolve: (_, { id }, context, { schema }) => findNode('id', id, context, schema),
  }),
)

const nodesQuery = queryField('nodes', t =>
  t.field({
    description: 'Returns the objects with these global ids, in the same order; null where one no longer exists.',
    type: [NodeInterface],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({ required: true, description: 'Global ids; types can be mixed.' }),
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
