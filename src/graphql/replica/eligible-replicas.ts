import DataLoader from 'dataloader'
import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import { type MakeShared, orError } from '../loaders.ts'
import { describePartition, Partition, type PartitionNode } from '../partition/partition-type.ts'
import { objectFields } from '../schema-part.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

/** Up to so many topics a request is told page by page, with eligible leaders; a larger one is not. */
const MAX_TOPICS = 200

/** Topics as they are described by name: a list of all topics does not tell the eligible leaders. */
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
      'Copies that are not in sync any more but have everything that was ever acknowledged with acks ALL: when the last in-sync replica is gone too, one of these may become the leader without a loss (Kafka 4.0 and newer). Null where Kafka does not tell.',
    type: [Replica],
    nullable: true,
    resolve: (node, _, context) => replicasOf(node, one => one.eligibleLeaderReplicas, context),
  }),
  lastKnownEligibleLeaderReplicas: t.field({
    description:
      'The copies that were last known to be able to lead, while the partition has no leader and no eligible one: what to start again first. Null where Kafka does not tell.',
    type: [Replica],
    nullable: true,
    resolve: (node, _, context) => replicasOf(node, one => one.lastKnownEligibleLeaderReplicas, context),
  }),
}))
