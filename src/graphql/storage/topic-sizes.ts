import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import { disks, type Logs } from './disk-loader.ts'

/** A partition's size on the first of its brokers that answers, the leader first; null if none does. */
const sizeOf = (
  topic: TopicName,
  { partition, leader, replicas }: PartitionDescription,
  logs: ReadonlyMap<number, Outcome<Logs>>,
): bigint | null => {
  const inOrder = leader === null ? replicas : [leader, ...replicas.filter(brokerId => brokerId !== leader)]
  let isReported = false
  for (const brokerId of inOrder) {
    const onBroker = logs.get(brokerId)
    if (onBroker === undefined || isFailure(onBroker)) continue
    const log = onBroker.get(partitionKey({ topic, partition }))
    if (log) return log.size
    isReported = true
  }
  // A broker knows a new partition a moment before it creates the log.
  return isReported ? 0n : null
}

/**
 * The sizes of topics, to sort them: the sum of the leaders' copies. If a leader's broker does not answer, the next
 * replica counts; null if none of a partition's brokers answers. Each broker is asked once, whatever the number of
 * topics.
 */
export const topicSizesOnDisk = async (
  topics: readonly TopicDescription[],
  { loaders }: GraphQLContext,
): Promise<readonly (number | null)[]> => {
  const { logs } = loaders.shared(disks)
  const { brokers } = await loaders.cluster()
  const logsByBroker = new Map(
    await Promise.all(brokers.map(async ({ nodeId }) => [nodeId, await logs(nodeId)] as const)),
  )
  return topics.map(({ name, partitions }) => {
    let sum = 0n
    for (const partition of partitions) {
      const size = sizeOf(name, partition, logsByBroker)
      if (size === null) return null
      sum += size
    }
    return Number(sum)
  })
}
