import type { TopicDescription } from '../../kafka/cluster.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { Broker } from '../cluster/broker-type.ts'
import { everyTopic } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { objectField } from '../core/schema-part.ts'
import { partitionDescribed } from '../partition/partition-type.ts'
import { findTopic, topicDescribed } from '../topic/topic-type.ts'
import { Replica } from './replica-type.ts'

const topicsToSearch = async (
  name: string | null | undefined,
  context: GraphQLContext,
): Promise<readonly TopicDescription[]> => {
  if (typeof name !== 'string') return everyTopic(context)
  const topic = await translating(async () => findTopic(toTopicName(name), context))
  return topic?.description ? [topic.description] : []
}

/** `Broker.replicas`. */
export const brokerReplicas = objectField(Broker, 'replicas', t =>
  t.field({
    description:
      'The replicas assigned to this broker, alive or not, sorted by topic and partition. At most 1000, unless the server is configured for other page sizes; `replicaCount` is the full number.',
    type: [Replica],
    args: {
      topic: t.arg.string({
        description: 'Only replicas of this topic; none if the topic does not exist.',
      }),
    },
    resolve: async ({ broker }, { topic: name }, context) => {
      const topics = await topicsToSearch(name, context)
      return topics
        .flatMap(topic => topic.partitions.map(partition => partitionDescribed(topicDescribed(topic), partition)))
        .filter(({ description }) => description?.replicas.includes(broker.nodeId))
        .slice(0, context.limits.page.max)
        .map(partition => ({ kind: 'Replica' as const, partition, brokerId: broker.nodeId }))
    },
  }),
)
