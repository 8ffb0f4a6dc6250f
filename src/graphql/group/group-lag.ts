import { groupedBy } from '../../kafka/grouped-by.ts'
import type { CommittedOffset } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../context.ts'
import type { MakeShared } from '../loaders.ts'
import { firstTimestamps, groupCommits, logEnds } from './group-loaders.ts'
import type { GroupNode } from './group-node.ts'

// Where a partition is said to be gone: null. Where its leader does not answer: KafkaError.

/** What the group has committed. @throws KafkaError when its coordinator does not answer. */
export const commitsOf = ({ groupId }: GroupNode, { loaders }: GraphQLContext): Promise<readonly CommittedOffset[]> =>
  loaders.shared(groupCommits).load(groupId)

/** The high watermark; null when the partition is gone. */
export const latestOffsetOf = (
  { topic, partition }: TopicPartition,
  { loaders }: GraphQLContext,
): Promise<Offset | null> => loaders.shared(logEnds).load({ topic, partition, at: 'latest' })

const byTopic: MakeShared<WeakMap<readonly CommittedOffset[], ReadonlyMap<string, readonly CommittedOffset[]>>> = () =>
  new WeakMap()

/** Those of one topic. By an index: a page of topics looks for each of them in the commits of every group. */
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

/** What Kafka's own tools call lag, but never below 0; null when the partition is gone, or a share group's broker does not tell. */
export const lagUpTo = (latest: Offset | null, { offset, lag }: CommittedOffset): bigint | null => {
  if (lag !== undefined) return lag
  if (latest === null) return null
  return latest > offset ? latest - offset : 0n
}

/** The same, with the high watermark asked for. */
export const lagOf = async (committed: CommittedOffset, context: GraphQLContext): Promise<bigint | null> =>
  lagUpTo(committed.lag === undefined ? await latestOffsetOf(committed, context) : null, committed)

/** The sum over the partitions that are not gone; null when a share group's broker does not tell it. */
export const totalLagOf = (committed: readonly CommittedOffset[], context: GraphQLContext): Promise<bigint | null> => {
  const totals = context.loaders.shared(lagTotals)
  const total = totals.get(committed) ?? sumOf(committed, context)
  totals.set(committed, total)
  return total
}

/** Each sum once an operation: 240 lists of the same 30,000 offsets take more memory than there is. */
const lagTotals: MakeShared<WeakMap<readonly CommittedOffset[], Promise<bigint | null>>> = () => new WeakMap()

const sumOf = async (committed: readonly CommittedOffset[], context: GraphQLContext): Promise<bigint | null> => {
  if (committed.some(({ lag }) => lag === null)) return null
  const lags = await Promise.all(committed.map(one => lagOf(one, context)))
  return lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n)
}

/** Whether the log does not reach to where the group wants to read on; null when the partition is gone. */
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

/** How old the first message is that the group has not read, ms; null when there is none, or it has no timestamp. */
export const timeLagOf = async (committed: CommittedOffset, context: GraphQLContext): Promise<number | null> => {
  const { topic, partition, offset } = committed
  if (!(await lagOf(committed, context))) return null
  const timestamp = await context.loaders.shared(firstTimestamps).load({ topic, partition, offset })
  // A producer's clock may be ahead of this one.
  return timestamp === null ? null : Math.max(0, Date.now() - Number(timestamp))
}
