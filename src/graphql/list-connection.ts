import type { ObjectRef } from '@pothos/core'
import type { ArgumentBuilder, SchemaTypes } from './builder.ts'
import type { Edge, Page } from './connection.ts'
import { PageInterface } from './page-info.ts'
import { objectRef } from './schema-part.ts'

/** What a list is a list of, as its descriptions say it: "ACL", "ACLs". */
export interface ListWords {
  readonly one: string
  readonly many: string
}

type NodeRef<T> = ObjectRef<SchemaTypes, T>

/** The connection type of a plain list of `node`s, named after it. */
export const listConnection = <T extends object>(name: string, node: NodeRef<T>, { one, many }: ListWords) => {
  const edge = objectRef<Edge<T>>(`${name}Edge`).implement({
    description: `One ${one} in a list, with its place in it.`,
    fields: t => ({
      cursor: t.field({
        description: `The place of this ${one} in its list.`,
        type: 'Cursor',
        resolve: ({ cursor }) => cursor,
      }),
      // Whether T is a list decides what Pothos lets a resolver return, and it cannot tell of a T that is open.
      node: t.field({ description: `The ${one} itself.`, type: node, resolve: parent => parent.node as never }),
    }),
  })
  return objectRef<Page<T>>(`${name}Connection`).implement(
    {
      description: `A page of ${many}.`,
      interfaces: [PageInterface],
      fields: t => ({
        totalCount: t.int({
          description: `How many ${many} the filter lets through, on all pages.`,
          resolve: ({ totalCount }) => totalCount,
        }),
        edges: t.field({
          description: `The ${many} of this page with their cursors.`,
          type: [edge],
          resolve: ({ edges }) => edges,
        }),
        nodes: t.field({
          description: `The ${many} of this page, when their cursors are not needed.`,
          type: [node],
          resolve: ({ edges }: Page<T>) => edges.map(each => each.node),
        }),
      }),
    },
    edge,
  )
}

/** Relay's four arguments of such a list. */
export const pageArguments = (arg: ArgumentBuilder, { one, many }: ListWords) => ({
  first: arg.int({
    description: `The first so many ${many}, after \`after\` if it is given. 50 when left out; at most 1000 unless the server is set otherwise.`,
  }),
  after: arg({
    type: 'Cursor',
    description: `Begins after the ${one} with this cursor: the \`endCursor\` of the page before.`,
  }),
  last: arg.int({
    description: `The last so many ${many}, before \`before\` if it is given, in the same order.`,
  }),
  before: arg({
    type: 'Cursor',
    description: `Ends before the ${one} with this cursor: the \`startCursor\` of the page after.`,
  }),
})
