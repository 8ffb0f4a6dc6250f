import { onceEach } from '../../async/once.ts'
import { groupedBy } from '../../kafka/grouped-by.ts'
import type { CommittedOffset } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { MakeShared } from '../core/loaders.ts'
import { firstTimestamps, groupCommits, logEnds } from './group-loaders.ts'
import type { GroupNode } from './group-node.ts'

// If a partition does not exist: null. If its leader does not answer: KafkaError.

/** The committed offsets of the group. @throws KafkaError when its coordinator does not answer. */
export const commitsOf = ({ groupId }: GroupNode, { loaders }: GraphQLContext): Promise<readonly CommittedOffset[]> =>
  loaders.shared(groupCommits).load(groupId)

/** The high watermark; null if the partition does not exist. */
export const latestOffsetOf = (
  { topic, partition }: TopicPartition,
  { loaders }: GraphQLContext,
): Promise<Offset | null> => loaders.shared(logEnds).load({ topic, partition, at: 'latest' })

const byTopic: MakeShared<WeakMap<readonly CommittedOffset[], ReadonlyMap<string, readonly CommittedOffset[]>>> = () =>
  new WeakMap()

/** The commits of one topic. Uses an index: a page of topics searches the commits of every group for each topic. */
export const commitsIn = (
  committed: readonly CommittedOffset[],
  topic: string,
  { loaders }: GraphQLContext,
): readonly CommittedOffset[] => {
  const indexes = loaders.shared(byTopic)
  const index = indexes.get(committed) ?? groupedBy(committed, one => one.topic)
  indexes.set(committed, index)
  return index.get(topic) ?? []
}

/**
 * The lag as Kafka's own tools compute it, but never below 0. Null if the partition does not exist, or if a share
 * group's broker does not report it.
 */
export const lagUpTo = (latest: Offset | null, { offset, lag }: CommittedOffset): bigint | null => {
  if (lag !== undefined) return lag
  if (latest === null) return null
  return latest > offset ? latest - offset : 0n
}

/** The lag, with the high watermark loaded first. */
export const lagOf = async (committed: CommittedOffset, context: GraphQLContext): Promise<bigint | null> =>
  lagUpTo(committed.lag === undefined ? await latestOffsetOf(committed, context) : null, committed)

/** The sum over the existing partitions; null if a share group's broker does not report its lag. */
export const totalLagOf = (committed: readonly CommittedOffset[], context: GraphQLContext): Promise<bigint | null> =>
  context.loaders.shared(lagTotals)(committed, context)

/** Each sum once per operation: adding up 240 lists of the same 30,000 offsets ran out of memory. */
const lagTotals: MakeShared<typeof sumOf> = () => onceEach(committed => committed, sumOf)

const sumOf = async (committed: readonly CommittedOffset[], context: GraphQLContext): Promise<bigint | null> => {
  if (committed.some(({ lag }) => lag === null)) return null
  const lags = await Promise.all(committed.map(one => lagOf(one, context)))
  return lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n)
}

/** Whether the group's offset lies outside the log; null if the partition does not exist. */
export const isOutOfRange = async (
  { topic, partition, offset }: CommittedOffset,
  context: GraphQLContext,
): Promise<boolean | null> => {
  const ends = context.loaders.shared(logEnds)
  const [earliest, latest] = await Promise.all([
    ends.load({ topic, partition, at: 'earliest' }),
    ends.load({ topic, partition, at: 'latest' }),
  ])
  if (earliest === null || latest === null) return null
  return offset < earliest || offset > latest
}

/** The age of the first unread message, ms; null if there is none or it has no timestamp. */
export const timeLagOf = async (committed: CommittedOffset, context: GraphQLContext): Promise<number | null> => {
  const { topic, partition, offset } = committed
  if (!(await lagOf(committed, context))) return null
  const timestamp = await context.loaders.shared(firstTimestamps).load({ topic, partition, offset })
  // A producer's clock may be ahead of this server's clock.
  return timestamp === null ? null : Math.max(0, Date.now() - Number(timestamp))
}
