import type { TopicDescription } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import type { CreatedTopic } from '../../kafka/ports/topic-admin.ts'
import { isTopicName, type TopicName } from '../../kafka/topic-name.ts'
import { Cluster, findCluster } from '../cluster/cluster-type.ts'
import type { GraphQLContext } from '../context.ts'
import { operationError } from '../failures.ts'
import { type FindNode, globalId, NodeInterface } from '../node.ts'
import { objectRef } from '../schema-part.ts'

/** A topic as the schema hands it on: its name is enough, the rest is loaded when a field asks for it. */
export interface TopicNode {
  readonly kind: 'Topic'
  readonly name: TopicName
  readonly description?: TopicDescription
  /** What `createTopics(validateOnly: true)` would create: there is nothing of it in Kafka. */
  readonly planned?: CreatedTopic
}

/** A topic of which only the name is known yet. */
export const topicNamed = (name: TopicName): TopicNode => ({ kind: 'Topic', name })

/** A topic that has been described already. */
export const topicDescribed = (description: TopicDescription): TopicNode => ({
  kind: 'Topic',
  name: description.name,
  description,
})

/** The topic with its description; null where there is none of this name. */
export const findTopic = async (name: TopicName, { loaders }: GraphQLContext): Promise<TopicNode | null> => {
  const description = await loaders.topic(name)
  return description && topicDescribed(description)
}

/** What Kafka says about a topic. @throws GraphQLError UNKNOWN_TOPIC_OR_PARTITION when it is gone meanwhile. */
export const describe = async (
  { name, description }: TopicNode,
  { loaders }: GraphQLContext,
): Promise<TopicDescription> => {
  const found = description ?? (await loaders.topic(name))
  if (!found) throw operationError(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`))
  return found
}

/** The global id of a topic. It outlives the topic: one created again under the same name has the same id. */
export const topicGlobalId = (name: TopicName): string => globalId('Topic', name)

const findNode: FindNode = async ([name = ''], context) => (isTopicName(name) ? findTopic(name, context) : null)

/** A named stream of messages. */
export const Topic = objectRef<TopicNode>('Topic').implement({
  description:
    'A named stream of messages. Producers append to it, any number of consumers read it, each at its own pace, and reading removes nothing: messages stay until the topic’s retention or compaction takes them. A topic is split into partitions, so that many brokers share its load; order is kept within a partition, not across them.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({ description: 'The global id of this topic.', resolve: ({ name }) => topicGlobalId(name) }),
    name: t.string({
      description: 'Its name: letters, digits, ".", "_" and "-", at most 249 of them.',
      resolve: ({ name }) => name,
    }),
    topicId: t.field({
      description:
        'The id that Kafka gave this topic when it was created. A topic deleted and created again under the same name is another topic with another id, and its offsets start at 0 again. Null for a topic that was only validated.',
      type: 'UUID',
      nullable: true,
      resolve: async (topic, _, context) =>
        topic.planned ? topic.planned.topicId : (await describe(topic, context)).topicId,
    }),
    isInternal: t.boolean({
      description:
        'Whether Kafka keeps its own records here, such as the committed offsets of consumer groups in `__consumer_offsets`.',
      resolve: async (topic, _, context) => (topic.planned ? false : (await describe(topic, context)).isInternal),
    }),
    cluster: t.field({
      description: 'The cluster that holds this topic.',
      type: Cluster,
      resolve: (_, _arguments, context) => findCluster(context),
    }),
    partitionCount: t.int({
      description:
        'How many partitions the topic has. It can grow, never shrink; more partitions let more consumers of one group read at the same time.',
      resolve: async (topic, _, context) =>
        topic.planned ? topic.planned.numPartitions : (await describe(topic, context)).partitions.length,
    }),
    replicationFactor: t.int({
      description:
        'On how many brokers each partition is kept. With 3, two brokers can die without a message being lost; with 1, a dead broker takes its partitions with it until it returns.',
      resolve: async (topic, _, context) =>
        topic.planned
          ? topic.planned.replicationFactor
          : ((await describe(topic, context)).partitions[0]?.replicas.length ?? 0),
    }),
  }),
})
