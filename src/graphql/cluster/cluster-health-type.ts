import type { TopicDescription } from '../../kafka/cluster.ts'
import {
  type ClusterHealth as ClusterHealthFacts,
  clusterHealthOf,
  type MinIsrHealth,
  minIsrHealthOf,
  type PartitionAtRisk,
} from '../../kafka/cluster-health.ts'
import type { HealthSeen } from '../../kafka/ports/watches.ts'
import type { GraphQLContext } from '../context.ts'
import { once } from '../loaders.ts'
import { Partition, type PartitionNode, partitionDescribed } from '../partition/partition-type.ts'
import { everyTopic } from '../passes.ts'
import { objectField, objectRef, parts } from '../schema-part.ts'
import { topicDescribed } from '../topic/topic-type.ts'
import { Cluster } from './cluster-type.ts'
import { minIsrs } from './min-isr-loader.ts'

/** The state of the cluster as the schema hands it on; what needs configs is found when it is asked for. */
export interface ClusterHealthNode {
  readonly brokerCount: number
  readonly facts: ClusterHealthFacts
  minIsr(): Promise<MinIsrHealth>
}

const nodesOf = (partitions: readonly PartitionAtRisk[], { limits }: GraphQLContext): readonly PartitionNode[] =>
  partitions
    .slice(0, limits.page.max)
    .map(({ topic, partition }) => partitionDescribed(topicDescribed(topic), partition))

const bounded = 'At most as many as a page may have, 1000 unless the server is set otherwise.'
const needsConfigs = 'Null, with an error beside it, when `min.insync.replicas` cannot be read.'

/** The state of the cluster at one moment. */
export const ClusterHealth = objectRef<ClusterHealthNode>('ClusterHealth').implement({
  description:
    'What is wrong in the cluster at this moment: first the partitions that nobody can use, then those that cannot be written to safely, then those with fewer copies than wanted. All counts 0: all is well.',
  fields: t => ({
    brokerCount: t.int({ description: 'How many brokers are alive.', resolve: ({ brokerCount }) => brokerCount }),
    offlinePartitionCount: t.int({
      description: 'How many partitions have no leader.',
      resolve: ({ facts }) => facts.offline.length,
    }),
    offlinePartitions: t.field({
      description: `The partitions without a leader: nobody can write to them or read them until a replica that may lead returns. ${bounded}`,
      type: [Partition],
      resolve: ({ facts }, _, context) => nodesOf(facts.offline, context),
    }),
    underReplicatedPartitionCount: t.int({
      description: 'How many partitions have fewer replicas in sync than they should have.',
      resolve: ({ facts }) => facts.underReplicated.length,
    }),
    underReplicatedPartitions: t.field({
      description: `The partitions with fewer in-sync replicas than replicas: a broker is dead or lags behind. They work, with fewer copies than wanted. ${bounded}`,
      type: [Partition],
      resolve: ({ facts }, _, context) => nodesOf(facts.underReplicated, context),
    }),
    underMinIsrPartitionCount: t.int({
      description: `How many partitions refuse writes with acks ALL. ${needsConfigs}`,
      nullable: true,
      resolve: async health => (await health.minIsr()).under.length,
    }),
    underMinIsrPartitions: t.field({
      description: `The partitions with fewer in-sync replicas than \`min.insync.replicas\` demands, or without a leader: writes with acks ALL are refused. ${bounded} ${needsConfigs}`,
      type: [Partition],
      nullable: true,
      resolve: async (health, _, context) => nodesOf((await health.minIsr()).under, context),
    }),
    atMinIsrPartitionCount: t.int({
      description: `How many partitions cannot lose one more in-sync replica. ${needsConfigs}`,
      nullable: true,
      resolve: async health => (await health.minIsr()).at.length,
    }),
    atMinIsrPartitions: t.field({
      description: `The partitions with just as many in-sync replicas as \`min.insync.replicas\` demands: one more failure, and writes with acks ALL are refused. A topic with a single replica is always here. ${bounded} ${needsConfigs}`,
      type: [Partition],
      nullable: true,
      resolve: async (health, _, context) => nodesOf((await health.minIsr()).at, context),
    }),
    preferredLeaderImbalance: t.float({
      description:
        'The share of all partitions that their preferred leader does not lead, from 0 to 1. It grows when a broker was away; `electLeaders(electionType: PREFERRED)` brings it back to 0, and Kafka does by itself after some minutes.',
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

/** How the cluster stands, as the schema hands it on. */
export const healthNode = (
  { brokerCount, topics, health }: HealthSeen,
  context: GraphQLContext,
): ClusterHealthNode => ({ brokerCount, facts: health, minIsr: once(() => minIsrHealth(topics, context)) })

const clusterHealth = objectField(Cluster, 'health', t =>
  t.field({
    description:
      'What is wrong in the cluster now, as `kafka-topics --describe` with `--unavailable-partitions`, `--under-replicated-partitions`, `--under-min-isr-partitions` and `--at-min-isr-partitions` shows it. Null, with an error beside it, when the topics cannot be listed.',
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
