import type { TopicDescription } from '../../kafka/cluster.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { filteredInTurns } from '../core/bounds/passes.ts'
import type { ArgumentBuilder } from '../core/builder.ts'
import type { GraphQLContext } from '../core/context.ts'
import { type FailureShape, KafkaErrorType } from '../core/outcomes/mutation-failure.ts'
import { checkPage, type Edge, type Page, type PageArguments, pageOfMany } from '../core/paging/connection.ts'
import { PageInterface } from '../core/paging/page-info.ts'
import { objectField, objectRef, parts, queryField } from '../core/schema-part.ts'
import { TopicFilter, type TopicFilterInput, topicMatcher } from './topic-filter.ts'
import { measureTopics } from './topic-measures.ts'
import { measureFor, TopicOrder, type TopicOrderInput, topicOrder } from './topic-order.ts'
import { Topic, topicDescribed } from './topic-type.ts'
import { withConfig } from './topics-with-config.ts'

const TopicEdge = objectRef<Edge<TopicDescription>>('TopicEdge').implement({
  description: 'A topic in a list, with its cursor.',
  fields: t => ({
    cursor: t.expose('cursor', { description: 'The position of this topic in this list and order.', type: 'Cursor' }),
    node: t.field({ description: 'The topic itself.', type: Topic, resolve: ({ node }) => topicDescribed(node) }),
  }),
})

interface TopicPage extends Page<TopicDescription> {
  readonly errors: readonly FailureShape[]
}

const TopicConnection = objectRef<TopicPage>('TopicConnection').implement({
  description: 'One page of a list of topics.',
  interfaces: [PageInterface],
  fields: t => ({
    totalCount: t.exposeInt('totalCount', { description: 'The number of topics that match the filter, on all pages.' }),
    edges: t.field({
      description: 'The topics of this page, each with its cursor.',
      type: [TopicEdge],
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      description: 'The topics of this page without their cursors.',
      type: [Topic],
      resolve: ({ edges }) => edges.map(({ node }) => topicDescribed(node)),
    }),
    errors: t.expose('errors', {
      description:
        'Why topics may be missing: if `hasConfig` is given, a topic whose configs cannot be read is left out. Empty if the list is complete.',
      type: [KafkaErrorType],
    }),
  }),
})

interface TopicsArguments extends PageArguments {
  readonly filter?: TopicFilterInput | null | undefined
  readonly orderBy?: TopicOrderInput | null | undefined
}

const listTopics = async (
  { filter, orderBy, ...page }: TopicsArguments,
  context: GraphQLContext,
): Promise<TopicPage> => {
  const { matches, effort } = topicMatcher(filter)
  checkPage(topicOrder(orderBy), page, context.limits)
  const described = await filteredInTurns(await context.loaders.topics(), matches, context, effort)
  const { topics, errors } = await withConfig(described, filter?.hasConfig, context)
  const measure = measureFor(orderBy)
  const measures = measure === null ? undefined : await measureTopics(topics, measure, context)
  return { ...(await pageOfMany(topics, topicOrder(orderBy, measures), page, context)), errors }
}

const description =
  'The topics of the cluster, page by page, as `kafka-topics --list` shows them. Cursors stay valid when topics change: a topic created or deleted between two pages does not make another one appear twice or disappear.'

const topicsArguments = (arg: ArgumentBuilder) => ({
  first: arg.int({
    description:
      'Return at most this many topics, from the start of the list or after `after`. Default 50; at most 1000 unless the server is configured otherwise.',
  }),
  after: arg({
    type: 'Cursor',
    description: 'Start after the topic with this cursor: pass the `endCursor` of the previous page.',
  }),
  last: arg.int({
    description: 'Return at most this many topics, from the end of the list or before `before`, in the same order.',
  }),
  before: arg({
    type: 'Cursor',
    description: 'End before the topic with this cursor: pass the `startCursor` of the next page.',
  }),
  filter: arg({ type: TopicFilter, description: 'Which topics to list. Default: all.' }),
  orderBy: arg({ type: TopicOrder, description: 'How to sort the topics. Default: by name.' }),
})

const topicsQuery = queryField('topics', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description,
    type: TopicConnection,
    args: topicsArguments(t.arg),
    resolve: (_, page, context) => listTopics(page, context),
  }),
)

const clusterTopics = objectField(Cluster, 'topics', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description,
    type: TopicConnection,
    args: topicsArguments(t.arg),
    resolve: (_, page, context) => listTopics(page, context),
  }),
)

/** What this file adds to a schema. */
export const topicsQueryParts = parts(TopicEdge, TopicConnection, topicsQuery, clusterTopics)
