import { shown } from '../kafka/text.ts'
import { builder } from './builder.ts'
import type { GraphQLContext } from './context.ts'
import { badInput } from './failures.ts'

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

/** An object with a global id, which names its type. */
export interface NodeShape {
  readonly kind: NodeKind
}

type FindNode = (parts: readonly string[], context: GraphQLContext) => Promise<NodeShape | null>

const finders = new Map<string, FindNode>()

/** An opaque global id: the kind and the parts that find the object. No part contains a ":". */
export const globalId = (kind: NodeKind, ...parts: readonly (string | number)[]): string =>
  Buffer.from([kind, ...parts].join(':')).toString('base64url')

/** Registers how to find objects of a kind by the parts of their ids. `find` returns null if there is none. */
export const registerNode = (kind: NodeKind, find: FindNode): void => {
  finders.set(kind, find)
}

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
    `${shown(id)} is not an id of this API: use the "id" of a cluster, broker, topic, partition, replica or group.`,
  )

const findNode = async (argument: string, id: string, context: GraphQLContext): Promise<NodeShape | null> => {
  if (id.length > MAX_ID_LENGTH) throw notAnId(argument, id)
  const text = Buffer.from(id, 'base64url').toString()
  const [kind = '', ...parts] = text.split(':')
  const find = finders.get(kind)
  if (!find || Buffer.from(text).toString('base64url') !== id) throw notAnId(argument, id)
  return find(parts, context)
}

export const NodeInterface = builder.interfaceRef<NodeShape>('Node').implement({
  description:
    'An object with a global id: a cluster, broker, topic, partition, replica or group. A client can store the id and load the object again with `node`. Relay owns the name Node: what Kafka calls a node is a Broker here.',
  resolveType: ({ kind }) => kind,
  fields: t => ({
    id: t.id({
      description: 'An opaque id, unique across all types. Pass it to `node` to load the same object again.',
      resolve: () => '',
    }),
  }),
})

builder.queryField('node', t =>
  t.field({
    description: 'Returns the object with this global id; null if it no longer exists.',
    type: NodeInterface,
    nullable: true,
    args: {
      id: t.arg.id({
        required: true,
        description: 'The `id` of a cluster, broker, topic, partition, replica or group.',
      }),
    },
    resolve: (_, { id }, context) => findNode('id', id, context),
  }),
)

builder.queryField('nodes', t =>
  t.field({
    description: 'Returns the objects with these global ids, in the same order; null where one no longer exists.',
    type: [NodeInterface],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({ required: true, description: 'Global ids; types can be mixed.' }),
    },
    resolve: (_, { ids }, context) => {
      const { max } = context.limits.page
      if (ids.length > max) throw badInput('ids', `takes at most ${max} ids, this request has ${ids.length}.`)
      return ids.map((id, index) => findNode(`ids[${index}]`, id, context))
    },
  }),
)
