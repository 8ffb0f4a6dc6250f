import DataLoader from 'dataloader'
import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { type MakeShared, orError } from '../core/loaders.ts'
import { objectFields } from '../core/schema-part.ts'
import { describePartition, Partition, type PartitionNode } from '../partition/partition-type.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

/** The most topics for which a request returns eligible leaders, page by page. Larger requests do not return them. */
const MAX_TOPICS = 200

/** Descriptions of topics requested by name: a list of all topics does not contain the eligible leaders. */
const describedByName: MakeShared<DataLoader<TopicName, TopicDescription>> = ({ catalog }, call, schedule) =>
  new DataLoader<TopicName, TopicDescription>(
    names => translating(async () => (await catalog.describeTopics(call, names)).map(orError)),
    { ...schedule, maxBatchSize: MAX_TOPICS },
  )

const fullDescription = async (node: PartitionNode, context: GraphQLContext): Promise<PartitionDescription> => {
  const known = await describePartition(node, context)
  if (known.eligibleLeaderReplicas !== null) return known
  const { partitions } = await context.loaders.shared(describedByName).load(node.topic.name)
  return partitions.find(({ partition }) => partition === node.partition) ?? known
}

const replicasOf = async (
  node: PartitionNode,
  brokerIds: (description: PartitionDescription) => readonly number[] | null,
  context: GraphQLContext,
): Promise<readonly ReplicaNode[] | null> => {
  const description = await fullDescription(node, context)
  const partition = { ...node, description }
  return brokerIds(description)?.map(brokerId => ({ kind: 'Replica' as const, partition, brokerId })) ?? null
}

/** `Partition.eligibleLeaderReplicas` and `Partition.lastKnownEligibleLeaderReplicas`. */
export const eligibleReplicasFields = objectFields(Partition, t => ({
  eligibleLeaderReplicas: t.field({
    description:
      'Replicas that are no longer in sync but have every message acknowledged with acks ALL. If the last in-sync replica fails too, one of them can become the leader without losing messages (Kafka 4.0 and newer). Null if Kafka does not report them.',
    type: [Replica],
    nullable: true,
    resolve: (node, _, context) => replicasOf(node, one => one.eligibleLeaderReplicas, context),
  }),
  lastKnownEligibleLeaderReplicas: t.field({
    description:
      'The replicas that were last known to be able to lead, while the partition has neither a leader nor an eligible replica. Restart their brokers first. Null if Kafka does not report them.',
    type: [Replica],
    nullable: true,
    resolve: (node, _, context) => replicasOf(node, one => one.lastKnownEligibleLeaderReplicas, context),
  }),
}))
