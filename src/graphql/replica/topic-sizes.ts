import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { disks } from './disk-loader.ts'

const knownSize = async (
  topic: TopicName,
  { partition, leader, replicas }: PartitionDescription,
  { loaders }: GraphQLContext,
): Promise<bigint> => {
  const { log } = loaders.shared(disks)
  const asked = leader === null ? replicas : [leader, ...replicas.filter(brokerId => brokerId !== leader)]
  const found = await Promise.allSettled(asked.map(brokerId => log({ topic, partition, brokerId })))
  const known = found.flatMap(one => (one.status === 'fulfilled' && one.value ? [one.value.size] : []))
  const [failure] = found.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
  if (known.length === 0 && failure !== undefined) throw failure
  return known[0] ?? 0n
}

/**
 * How large a topic is, to order it by: the sum of the leaders' copies, or of the next copy where a leader's broker does not
 * answer. @throws GraphQLError when no broker of a partition answers.
 */
export const topicSizeOnDisk = async (
  { name, partitions }: TopicDescription,
  context: GraphQLContext,
): Promise<bigint> => {
  const sizes = await Promise.all(partitions.map(partition => knownSize(name, partition, context)))
  return sizes.reduce((sum, size) => sum + size, 0n)
}
