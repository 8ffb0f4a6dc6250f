import { onceEach } from '../../async/once.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { partitionText } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import { operationError } from '../core/errors/failures.ts'
import type { MakeShared } from '../core/loaders.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { describePartition, Partition, type PartitionNode, partitionDescribed } from '../partition/partition-type.ts'
import { disks } from '../storage/disk-loader.ts'
import { describe, Topic, type TopicNode, topicDescribed } from '../topic/topic-type.ts'

const sizeOf = async (node: PartitionNode, context: GraphQLContext): Promise<bigint | null> => {
  const { leader } = await describePartition(node, context)
  const { topic, partition } = node
  if (leader === null) {
    throw operationError(
      new KafkaError('LEADER_NOT_AVAILABLE', `${partitionText({ topic: topic.name, partition })} has no leader now`),
    )
  }
  const log = await context.loaders.shared(disks).log({ topic: topic.name, partition, brokerId: leader })
  return log?.size ?? null
}

const partitionSize = objectField(Partition, 'size', t =>
  t.field({
    description:
      'The bytes that the leader’s copy takes on disk. Null with an error while the partition has no leader or its broker does not answer.',
    type: 'Long',
    nullable: true,
    resolve: (node, _, context) => sizeOf(node, context),
  }),
)

const sumOf = async (topic: TopicNode, context: GraphQLContext): Promise<bigint> => {
  const description = await describe(topic, context)
  const node = topicDescribed(description)
  const sizes = await Promise.all(
    description.partitions.map(partition => sizeOf(partitionDescribed(node, partition), context)),
  )
  return sizes.reduce<bigint>((sum, size) => sum + (size ?? 0n), 0n)
}

/** Sums up each topic once per operation, however often it is selected. */
const topicSizes: MakeShared<typeof sumOf> = () => onceEach(({ name }) => name, sumOf)

const topicSize = objectField(Topic, 'size', t =>
  t.field({
    description:
      'The size of the topic’s messages in bytes: the sum of the leaders’ copies on disk. The cluster stores this amount once per replica. Null with an error while a partition has no leader or a leader’s broker does not answer.',
    type: 'Long',
    nullable: true,
    resolve: (topic, _, context) => (topic.planned ? 0n : context.loaders.shared(topicSizes)(topic, context)),
  }),
)

/** What this file adds to a schema. */
export const sizesParts = parts(partitionSize, topicSize)
