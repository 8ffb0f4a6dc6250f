import type { TopicDescription } from '../../kafka/cluster.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'

/** The sum of latest minus earliest offset over all partitions. @throws GraphQLError when a partition has no leader. */
export const messageCountOf = async (
  { name, partitions }: Pick<TopicDescription, 'name' | 'partitions'>,
  { loaders }: Pick<GraphQLContext, 'loaders'>,
): Promise<bigint> => {
  const at = async (partition: number, end: 'earliest' | 'latest', topic: TopicName) =>
    (await loaders.offset({ topic, partition, at: end, isolationLevel: 'READ_UNCOMMITTED' })).offset ?? 0n
  const counts = partitions.map(async ({ partition }) => {
    const [earliest, latest] = await Promise.all([at(partition, 'earliest', name), at(partition, 'latest', name)])
    return latest - earliest
  })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0n)
}
