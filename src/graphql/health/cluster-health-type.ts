import type { TopicDescription } from '../../kafka/cluster.ts'
import {
  type ClusterHealth as ClusterHealthFacts,
  clusterHealthOf,
  type MinIsrHealth,
  minIsrHealthOf,
  type PartitionAtRisk,
} from '../../kafka/cluster-health.ts'
import type { HealthSeen } from '../../kafka/ports/watches.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { minIsrs } from '../cluster/min-isr-loader.ts'
import { everyTopic } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import { askedOnce } from '../core/loaders.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { Partition, type PartitionNode, partitionDescribed } from '../partition/partition-type.ts'
import { topicDescribed } from '../topic/topic-type.ts'

/** The state of the cluster in a resolver. Fields that depend on configs load them on demand. */
export interface ClusterHealthNode {
  readonly brokerCount: number
  readonly facts: ClusterHealthFacts
  minIsr(): Promise<MinIsrHealth>
}

const nodesOf = (partitions: readonly PartitionAtRisk[], { limits }: GraphQLContext): readonly PartitionNode[] =>
  partitions
    .slice(0, limits.page.max)
    .map(({ topic, partition }) => partitionDescribed(topicDescribed(topic), partition))

const bounded = 'At most 1000, unless the server is configured for other page sizes.'
const needsConfigs = 'Null with an error if `min.insync.replicas` cannot be read.'

export const ClusterHealth = objectRef<ClusterHealthNode>('ClusterHealth').implement({
  description:
    'The problems of the cluster at this moment. The most serious come first: partitions that nobody can use, then partitions that cannot be written safely, then partitions with too few copies. If all counts are 0, the cluster is healthy.',
  fields: t => ({
    brokerCount: t.int({
      description: 'The number of brokers that are alive.',
      resolve: ({ brokerCount }) => brokerCount,
    }),
    offlinePartitionCount: t.int({
      description: 'The number of partitions without a leader.',
      resolve: ({ facts }) => facts.offline.length,
    }),
    offlinePartitions: t.field({
      description: `The partitions without a leader. Nobody can read or write them until a replica that may lead returns. ${bounded}`,
      type: [Partition],
      resolve: ({ facts }, _, context) => nodesOf(facts.offline, context),
    }),
    underReplicatedPartitionCount: t.int({
      description: 'The number of partitions with fewer in-sync replicas than replicas.',
      resolve: ({ facts }) => facts.underReplicated.length,
    }),
    underReplicatedPartitions: t.field({
      description: `The partitions with fewer in-sync replicas than replicas, because a broker is dead or lags behind. They still work, but with fewer copies than configured. ${bounded}`,
      type: [Partition],
      resolve: ({ facts }, _, context) => nodesOf(facts.underReplicated, context),
    }),
    underMinIsrPartitionCount: t.int({
      description: `The number of partitions that refuse writes with acks ALL. ${needsConfigs}`,
      nullable: true,
      resolve: async health => (await health.minIsr()).under.length,
    }),
    underMinIsrPartitions: t.field({
      description: `The partitions without a leader or with fewer in-sync replicas than \`min.insync.replicas\`. They refuse writes with acks ALL. ${bounded} ${needsConfigs}`,
      type: [Partition],
      nullable: true,
      resolve: async (health, _, context) => nodesOf((await health.minIsr()).under, context),
    }),
    atMinIsrPartitionCount: t.int({
      description: `The number of partitions that cannot lose one more in-sync replica. ${needsConfigs}`,
      nullable: true,
      resolve: async health => (await health.minIsr()).at.length,
    }),
    atMinIsrPartitions: t.field({
      description: `The partitions with exactly as many in-sync replicas as \`min.insync.replicas\` requires. One more failure, and they refuse writes with acks ALL. A topic with a single replica is always listed here. ${bounded} ${needsConfigs}`,
      type: [Partition],
      nullable: true,
      resolve: async (health, _, context) => nodesOf((await health.minIsr()).at, context),
    }),
    preferredLeaderImbalance: t.float({
      description:
        'The share of partitions that their preferred leader does not lead, from 0 to 1. It grows when a broker was away. Kafka brings it back to 0 after some minutes; `electLeaders(electionType: PREFERRED)` does it at once.',
      resolve: ({ facts }) => facts.preferredLeaderImbalance,
    }),
  }),
})

const minIsrHealth = async (
  topics: readonly TopicDescription[],
  { loaders }: GraphQLContext,
): Promise<MinIsrHealth> => {
  const names = topics.map(({ name }) => name)
  const loader = loaders.shared(minIsrs)
  const found = await Promise.all(names.map(async name => [name, await loader.load(name)] as const))
  return minIsrHealthOf(
    topics,
    new Map(found.flatMap(([name, minIsr]) => (minIsr === null ? [] : [[name, minIsr] as const]))),
  )
}

/** The state of the cluster as a resolver value. */
export const healthNode = (
  { brokerCount, topics, health }: HealthSeen,
  context: GraphQLContext,
): ClusterHealthNode => ({ brokerCount, facts: health, minIsr: askedOnce(() => minIsrHealth(topics, context)) })

const clusterHealth = objectField(Cluster, 'health', t =>
  t.field({
    description:
      'The current problems of the cluster, as `kafka-topics --describe` shows them with `--unavailable-partitions`, `--under-replicated-partitions`, `--under-min-isr-partitions` and `--at-min-isr-partitions`. Null with an error if the topics cannot be listed.',
    type: ClusterHealth,
    nullable: true,
    resolve: async ({ cluster }, _, context) => {
      const topics = await everyTopic(context)
      return healthNode({ brokerCount: cluster.brokers.length, topics, health: clusterHealthOf(topics) }, context)
    },
  }),
)

/** What this file adds to a schema. */
export const clusterHealthParts = parts(ClusterHealth, clusterHealth)
