import { Cluster } from '../../cluster/cluster-type.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { type FailureShape, KafkaErrorType } from '../../core/outcomes/mutation-failure.ts'
import { checkPage, type Edge, type Page, type PageArguments, pageOfMany } from '../../core/paging/connection.ts'
import { PageInterface } from '../../core/paging/page-info.ts'
import { objectField, objectRef, parts } from '../../core/schema-part.ts'
import { groupKnown } from '../group-node.ts'
import { Group } from '../group-type.ts'
import { GroupFilter, type GroupFilterInput } from './group-filter.ts'
import { GroupOrder, type GroupOrderInput, groupOrder } from './group-order.ts'
import { matchingGroups } from './matching-groups.ts'
import type { RankedGroup } from './ranked-groups.ts'

interface GroupPage extends Page<RankedGroup> {
  readonly errors: readonly FailureShape[]
}

const GroupEdge = objectRef<Edge<RankedGroup>>('GroupEdge').implement({
  description: 'A group in a list, with its cursor.',
  fields: t => ({
    cursor: t.expose('cursor', { description: 'The position of this group in this list and order.', type: 'Cursor' }),
    node: t.field({ description: 'The group itself.', type: Group, resolve: ({ node }) => groupKnown(node.listing) }),
  }),
})

const GroupConnection = objectRef<GroupPage>('GroupConnection').implement({
  description: 'One page of a list of groups.',
  interfaces: [PageInterface],
  fields: t => ({
    totalCount: t.exposeInt('totalCount', { description: 'The number of groups that match the filter, on all pages.' }),
    edges: t.field({
      description: 'The groups of this page, each with its cursor.',
      type: [GroupEdge],
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      description: 'The groups of this page without their cursors.',
      type: [Group],
      resolve: ({ edges }) => edges.map(({ node }) => groupKnown(node.listing)),
    }),
    errors: t.expose('errors', {
      description:
        'Why groups may be missing. A broker that does not answer hides the groups that it coordinates. If the filter or the order needs a lag, a group whose lag is unknown is left out. Empty if the list is complete.',
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
      'The groups of the cluster, of any protocol, page by page. In the order by id, cursors stay valid when groups change: a group created or deleted between two pages does not make another one appear twice or disappear. The server loads members and offsets only if you select them, and only for the groups of the page. A filter by lag or topic, or an order by lag or members, needs them for all groups; they are loaded one page of the largest size at a time.',
    type: GroupConnection,
    args: {
      first: t.arg.int({
        description:
          'Return at most this many groups, from the start of the list or after `after`. Default 50; at most 1000 unless the server is configured otherwise.',
      }),
      after: t.arg({
        type: 'Cursor',
        description: 'Start after the group with this cursor: pass the `endCursor` of the previous page.',
      }),
      last: t.arg.int({
        description: 'Return at most this many groups, from the end of the list or before `before`, in the same order.',
      }),
      before: t.arg({
        type: 'Cursor',
        description: 'End before the group with this cursor: pass the `startCursor` of the next page.',
      }),
      filter: t.arg({ type: GroupFilter, description: 'Which groups to list. Default: all.' }),
      orderBy: t.arg({ type: GroupOrder, description: 'How to sort the groups. Default: by id.' }),
    },
    resolve: (_, page, context) => listGroups(page, context),
  }),
)

/** What this file adds to a schema. */
export const groupsQueryParts = parts(GroupEdge, GroupConnection, clusterGroups)
