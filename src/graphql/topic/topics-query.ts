import type { TopicDescription } from '../../kafka/cluster.ts'
import type { ArgumentBuilder } from '../builder.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { checkPage, type Edge, type Page, type PageArguments, pageOfMany } from '../connection.ts'
import type { GraphQLContext } from '../context.ts'
import { type FailureShape, KafkaErrorType } from '../mutation-failure.ts'
import { PageInterface } from '../page-info.ts'
import { filteredInTurns } from '../passes.ts'
import { objectField, objectRef, parts, queryField } from '../schema-part.ts'
import { TopicFilter, type TopicFilterInput, topicMatcher } from './topic-filter.ts'
import { measureTopics } from './topic-measures.ts'
import { measureFor, TopicOrder, type TopicOrderInput, topicOrder } from './topic-order.ts'
import { Topic, topicDescribed } from './topic-type.ts'
import { withConfig } from './topics-with-config.ts'

const TopicEdge = objectRef<Edge<TopicDescription>>('TopicEdge').implement({
  description: 'A topic in a list, with its place in it.',
  fields: t => ({
    cursor: t.expose('cursor', { description: 'The place of this topic in this list and order.', type: 'Cursor' }),
    node: t.field({ description: 'The topic itself.', type: Topic, resolve: ({ node }) => topicDescribed(node) }),
  }),
})

interface TopicPage extends Page<TopicDescription> {
  readonly errors: readonly FailureShape[]
}

const TopicConnection = objectRef<TopicPage>('TopicConnection').implement({
  description: 'A page of topics.',
  interfaces: [PageInterface],
  fields: t => ({
    totalCount: t.exposeInt('totalCount', { description: 'How many topics the filter lets through, on all pages.' }),
    edges: t.field({
      description: 'The topics of this page with their cursors.',
      type: [TopicEdge],
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      description: 'The topics of this page, when their cursors are not needed.',
      type: [Topic],
      resolve: ({ edges }) => edges.map(({ node }) => topicDescribed(node)),
    }),
    errors: t.expose('errors', {
      description:
        'Why topics may be missing: a topic whose configs may not be read is left out when `hasConfig` asks for them. Empty when the list is whole.',
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
  'The topics of the cluster, page by page, as `kafka-topics --list` shows them. Cursors hold through changes: a topic created or deleted between two pages makes no other one appear twice or be left out.'

const topicsArguments = (arg: ArgumentBuilder) => ({
  first: arg.int({
    description:
      'The first so many topics, after `after` if it is given. 50 when left out; at most 1000 unless the server is set otherwise.',
  }),
  after: arg({
    type: 'Cursor',
    description: 'Begins after the topic with this cursor: the `endCursor` of the page before.',
  }),
  last: arg.int({ description: 'The last so many topics, before `before` if it is given, in the same order.' }),
  before: arg({
    type: 'Cursor',
    description: 'Ends before the topic with this cursor: the `startCursor` of the page after.',
  }),
  filter: arg({ type: TopicFilter, description: 'Which topics to list; all when left out.' }),
  orderBy: arg({ type: TopicOrder, description: 'How to order them; by name when left out.' }),
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
