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

/** Anything with a global id says what it is. */
export interface NodeShape {
  readonly kind: NodeKind
}

type FindNode = (parts: readonly string[], context: GraphQLContext) => Promise<NodeShape | null>

const finders = new Map<string, FindNode>()

/** The id of a thing: its kind and what finds it among its kind, opaque. No part holds a ":". */
export const globalId = (kind: NodeKind, ...parts: readonly (string | number)[]): string =>
  Buffer.from([kind, ...parts].join(':')).toString('base64url')

/** Says how to find the things of a kind by the parts of their ids. Returns null where there is none. */
export const registerNode = (kind: NodeKind, find: FindNode): void => {
  finders.set(kind, find)
}

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

const findNode = async (argument: string, id: string, context: GraphQLContext): Promise<NodeShape | null> => {
  if (id.length > MAX_ID_LENGTH) throw notAnId(argument, id)
  const text = Buffer.from(id, 'base64url').toString()
  const [kind = '', ...parts] = text.split(':')
  const find = finders.get(kind)
  if (!find || Buffer.from(text).toString('base64url') !== id) throw notAnId(argument, id)
  return find(parts, context)
}

/** Everything that can be found again by its id alone. */
export const NodeInterface = builder.interfaceRef<NodeShape>('Node').implement({
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

builder.queryField('node', t =>
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
    resolve: (_, { id }, context) => findNode('id', id, context),
  }),
)

builder.queryField('nodes', t =>
  t.field({
    description: 'Several things by their ids, in the same order; null where one is no longer there.',
    type: [NodeInterface],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({ required: true, description: 'Ids of any of the types that have one, mixed as you like.' }),
    },
    resolve: (_, { ids }, context) => {
      const { max } = context.limits.page
      if (ids.length > max) throw badInput('ids', `takes at most ${max} ids, this request has ${ids.length}.`)
      return ids.map((id, index) => findNode(`ids[${index}]`, id, context))
    },
  }),
)
