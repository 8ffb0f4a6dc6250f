import type { ObjectRef } from '@pothos/core'
import type { ArgumentBuilder, SchemaTypes } from '../builder.ts'
import { objectRef } from '../schema-part.ts'
import type { Edge, Page } from './connection.ts'
import { PageInterface } from './page-info.ts'

/** The singular and plural that the descriptions use: "ACL", "ACLs". */
export interface ListWords {
  readonly one: string
  readonly many: string
}

type NodeRef<T> = ObjectRef<SchemaTypes, T>

/** The connection type of a plain list of `node`s, named after the node type. */
export const listConnection = <T extends object>(name: string, node: NodeRef<T>, { one, many }: ListWords) => {
  const edge = objectRef<Edge<T>>(`${name}Edge`).implement({
    description: `One ${one} in a list, with its cursor.`,
    fields: t => ({
      cursor: t.field({
        description: `The position of this ${one} in the list. Pass it as \`after\` or \`before\` to read the next or previous page.`,
        type: 'Cursor',
        resolve: ({ cursor }) => cursor,
      }),
      // Pothos picks the resolver's type by whether T is a list, and cannot decide that for a generic T.
      node: t.field({ description: `The ${one} itself.`, type: node, resolve: parent => parent.node as never }),
    }),
  })
  return objectRef<Page<T>>(`${name}Connection`).implement(
    {
      description: `One page of a list of ${many}.`,
      interfaces: [PageInterface],
      fields: t => ({
        totalCount: t.int({
          description: `The number of ${many} that match the filter, on all pages.`,
          resolve: ({ totalCount }) => totalCount,
        }),
        edges: t.field({
          description: `The ${many} of this page, each with its cursor.`,
          type: [edge],
          resolve: ({ edges }) => edges,
        }),
        nodes: t.field({
          description: `The ${many} of this page without their cursors.`,
          type: [node],
          resolve: ({ edges }: Page<T>) => edges.map(each => each.node),
        }),
      }),
    },
    edge,
  )
}

/** Relay's four page arguments for such a list. */
export const pageArguments = (arg: ArgumentBuilder, { one, many }: ListWords) => ({
  first: arg.int({
    description: `Return at most this many ${many}, from the start of the list or after \`after\`. Default 50; at most 1000 unless the server is configured otherwise.`,
  }),
  after: arg({
    type: 'Cursor',
    description: `Start after the ${one} with this cursor: pass the \`endCursor\` of the previous page.`,
  }),
  last: arg.int({
    description: `Return at most this many ${many}, from the end of the list or before \`before\`, in the same order.`,
  }),
  before: arg({
    type: 'Cursor',
    description: `End before the ${one} with this cursor: pass the \`startCursor\` of the next page.`,
  }),
})
