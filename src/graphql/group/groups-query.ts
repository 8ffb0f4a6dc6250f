import { Cluster } from '../cluster/cluster-type.ts'
import { checkPage, type Edge, type Page, type PageArguments, pageOfMany } from '../connection.ts'
import type { GraphQLContext } from '../context.ts'
import { type FailureShape, KafkaErrorType } from '../mutation-failure.ts'
import { PageInterface } from '../page-info.ts'
import { objectField, objectRef, parts } from '../schema-part.ts'
import { GroupFilter, type GroupFilterInput } from './group-filter.ts'
import { groupKnown } from './group-node.ts'
import { GroupOrder, type GroupOrderInput, groupOrder } from './group-order.ts'
import { Group } from './group-type.ts'
import { matchingGroups } from './matching-groups.ts'
import type { RankedGroup } from './ranked-groups.ts'

interface GroupPage extends Page<RankedGroup> {
  readonly errors: readonly FailureShape[]
}

const GroupEdge = objectRef<Edge<RankedGroup>>('GroupEdge').implement({
  description: 'A group in a list, with its place in it.',
  fields: t => ({
    cursor: t.expose('cursor', { description: 'The place of this group in this list and order.', type: 'Cursor' }),
    node: t.field({ description: 'The group itself.', type: Group, resolve: ({ node }) => groupKnown(node.listing) }),
  }),
})

const GroupConnection = objectRef<GroupPage>('GroupConnection').implement({
  description: 'A page of groups.',
  interfaces: [PageInterface],
  fields: t => ({
    totalCount: t.exposeInt('totalCount', { description: 'How many groups the filter lets through, on all pages.' }),
    edges: t.field({
      description: 'The groups of this page with their cursors.',
      type: [GroupEdge],
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      description: 'The groups of this page, when their cursors are not needed.',
      type: [Group],
      resolve: ({ edges }) => edges.map(({ node }) => groupKnown(node.listing)),
    }),
    errors: t.expose('errors', {
      description:
        'Why groups may be missing: a broker that does not answer hides the groups that it coordinates, and a group whose lag cannot be known is left out where the filter or the order asks for it. Empty when the list is whole.',
      type: [KafkaErrorType],
    }),
  }),
})

interface GroupsArguments extends PageArguments {
  readonly filter?: GroupFilterInput | null | undefined
  readonly orderBy?: GroupOrderInput | null | undefined
}

const listGroups = async (
  { filter, orderBy, ...page }: GroupsArguments,
  context: GraphQLContext,
): Promise<GroupPage> => {
  const order = groupOrder(orderBy)
  checkPage(order, page, context.limits)
  const { groups, errors } = await matchingGroups(filter, orderBy?.field, context)
  return { ...(await pageOfMany(groups, order, page, context)), errors }
}

const clusterGroups = objectField(Cluster, 'groups', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The groups of the cluster, page by page, whatever protocol they speak. In the order of ids, cursors hold through changes: a group that comes or goes between two pages makes no other one appear twice or be left out. Members and offsets are asked for only when they are selected, for the groups of the page; a filter by lag or topic and an order by lag or members ask for those of all groups, at most a page of the largest size at a time.',
    type: GroupConnection,
    args: {
      first: t.arg.int({
        description:
          'The first so many groups, after `after` if it is given. 50 when left out; at most 1000 unless the server is set otherwise.',
      }),
      after: t.arg({
        type: 'Cursor',
        description: 'Begins after the group with this cursor: the `endCursor` of the page before.',
      }),
      last: t.arg.int({ description: 'The last so many groups, before `before` if it is given, in the same order.' }),
      before: t.arg({
        type: 'Cursor',
        description: 'Ends before the group with this cursor: the `startCursor` of the page after.',
      }),
      filter: t.arg({ type: GroupFilter, description: 'Which groups to list; all when left out.' }),
      orderBy: t.arg({ type: GroupOrder, description: 'How to order them; by id when left out.' }),
    },
    resolve: (_, page, context) => listGroups(page, context),
  }),
)

/** What this file adds to a schema. */
export const groupsQueryParts = parts(GroupEdge, GroupConnection, clusterGroups)
