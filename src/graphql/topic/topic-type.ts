import type { TopicDescription } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { CreatedTopic } from '../../kafka/ports/topic-admin.ts'
import { isTopicName, type TopicName } from '../../kafka/topic-name.ts'
import { Cluster, findCluster } from '../cluster/cluster-type.ts'
import type { GraphQLContext } from '../core/context.ts'
import { operationError } from '../core/errors/failures.ts'
import { type FindNode, globalId, type IdContext, NodeInterface } from '../core/node.ts'
import { objectRef } from '../core/schema-part.ts'

/** A topic in a resolver. Only the name is known; other fields load on demand. */
export interface TopicNode {
  readonly kind: 'Topic'
  readonly name: TopicName
  readonly description?: TopicDescription
  /** The topic that `createTopics(validateOnly: true)` would create. It does not exist in Kafka. */
  readonly planned?: CreatedTopic
}

/** A topic of which only the name is known. */
export const topicNamed = (name: TopicName): TopicNode => ({ kind: 'Topic', name })

/** A topic with its loaded description. */
export const topicDescribed = (description: TopicDescription): TopicNode => ({
  kind: 'Topic',
  name: description.name,
  description,
})

/** The topic with its description; null if it does not exist. */
export const findTopic = async (name: TopicName, { loaders }: GraphQLContext): Promise<TopicNode | null> => {
  const description = await loaders.topic(name)
  return description && topicDescribed(description)
}

/** Loads the topic's description. @throws GraphQLError UNKNOWN_TOPIC_OR_PARTITION when the topic no longer exists. */
export const describe = async (
  { name, description }: TopicNode,
  { loaders }: GraphQLContext,
): Promise<TopicDescription> => {
  const found = description ?? (await loaders.topic(name))
  if (!found) throw operationError(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`))
  return found
}

/** The global id of a topic. A topic created again under the same name has the same id. */
export const topicGlobalId = (name: TopicName, context: IdContext): string => globalId(context, 'Topic', name)

const findNode: FindNode = async ([name = ''], context) => (isTopicName(name) ? findTopic(name, context) : null)

export const Topic = objectRef<TopicNode>('Topic').implement({
  description:
    'A named stream of messages. Producers append to it, and any number of consumers read it, each at its own pace. Reading removes nothing: messages stay until the topic’s retention or compaction removes them. A topic is split into partitions so that many brokers share its load. Kafka keeps the order of messages within a partition, not across partitions.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      extensions: { bytes: 'plain' },
      description: 'The global id of this topic.',
      resolve: ({ name }, _, context) => topicGlobalId(name, context),
    }),
    name: t.string({
      extensions: { bytes: 'plain' },
      description: 'Its name: at most 249 letters, digits, ".", "_" and "-".',
      resolve: ({ name }) => name,
    }),
    topicId: t.field({
      description:
        'The id that Kafka gave this topic at its creation. A topic deleted and created again under the same name gets a new id, and its offsets start at 0 again. Null for a topic that was only validated.',
      type: 'UUID',
      nullable: true,
      resolve: async (topic, _, context) =>
        topic.planned ? topic.planned.topicId : (await describe(topic, context)).topicId,
    }),
    isInternal: t.boolean({
      description:
        'Whether Kafka keeps its own records in this topic, such as the committed offsets of consumer groups in `__consumer_offsets`.',
      resolve: async (topic, _, context) => (topic.planned ? false : (await describe(topic, context)).isInternal),
    }),
    cluster: t.field({
      description: 'The cluster of this topic.',
      type: Cluster,
      resolve: (_, _arguments, context) => findCluster(context),
    }),
    partitionCount: t.int({
      description:
        'The number of partitions. More partitions let more consumers of one group read at the same time. The number can grow but never shrink.',
      resolve: async (topic, _, context) =>
        topic.planned ? topic.planned.numPartitions : (await describe(topic, context)).partitions.length,
    }),
    replicationFactor: t.int({
      description:
        'The number of brokers that keep a copy of each partition. With 3, two brokers can die without losing a message. With 1, a partition is unavailable while its broker is down.',
      resolve: async (topic, _, context) =>
        topic.planned
          ? topic.planned.replicationFactor
          : ((await describe(topic, context)).partitions[0]?.replicas.length ?? 0),
    }),
  }),
})
