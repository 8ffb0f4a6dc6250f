import { GraphQLError } from 'graphql'
import type { CommittedOffset } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../context.ts'

const isGone = (thrown: unknown): boolean =>
  thrown instanceof GraphQLError && thrown.extensions.code === 'UNKNOWN_TOPIC_OR_PARTITION'

const endOf = async (
  at: 'earliest' | 'latest',
  { topic, partition }: TopicPartition,
  { loaders }: GraphQLContext,
): Promise<Offset | null> => {
  try {
    return (await loaders.offset({ topic, partition, at, isolationLevel: 'READ_UNCOMMITTED' })).offset
  } catch (thrown) {
    if (isGone(thrown)) return null
    throw thrown
  }
}

/** The high watermark; null when the partition is not there any more. @throws GraphQLError while it has no leader. */
export const latestOffsetOf = (partition: TopicPartition, context: GraphQLContext): Promise<Offset | null> =>
  endOf('latest', partition, context)

/**
 * What Kafka's own tools call lag: up to the high watermark, never below 0. Null when the partition is not there any more.
 * @throws GraphQLError while it has no leader.
 */
export const lagOf = async (committed: CommittedOffset, context: GraphQLContext): Promise<bigint | null> => {
  const latest = await latestOffsetOf(committed, context)
  if (latest === null) return null
  return latest > committed.offset ? latest - committed.offset : 0n
}

/** The sum over the partitions that are still there. @throws GraphQLError while one of them has no leader. */
export const totalLagOf = async (committed: readonly CommittedOffset[], context: GraphQLContext): Promise<bigint> => {
  const lags = await Promise.all(committed.map(one => lagOf(one, context)))
  return lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n)
}

/** Whether the log does not reach to where the group wants to read on; null when it is not there any more. */
export const isOutOfRange = async (committed: CommittedOffset, context: GraphQLContext): Promise<boolean | null> => {
  const [earliest, latest] = await Promise.all([
    endOf('earliest', committed, context),
    endOf('latest', committed, context),
  ])
  if (earliest === null || latest === null) return null
  return committed.offset < earliest || committed.offset > latest
}
