import { groupedBy } from '../../kafka/grouped-by.ts'
import type { CommittedOffset } from '../../kafka/groups.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { objectFields, parts } from '../core/schema-part.ts'
import { setOf } from '../core/set-of.ts'
import { commitsOf, lagOf, timeLagOf, totalLagOf } from './group-lag.ts'
import type { GroupNode } from './group-node.ts'
import { GroupPartitionOffset, type GroupPartitionOffsetShape, offsetsIn } from './group-partition-offset.ts'
import { GroupTopicOffsets, type GroupTopicOffsetsShape } from './group-topic-offsets.ts'
import { ConsumerGroup, ShareGroup, StreamsGroup } from './group-type.ts'

/** Keeps a partition whose lag is unknown now: leaving it out would suggest that nothing is left to read. */
const isLagging = async (committed: CommittedOffset, context: GraphQLContext): Promise<boolean> => {
  try {
    return ((await lagOf(committed, context)) ?? 0n) > 0n
  } catch {
    return true
  }
}

const offsetsOf = async (
  group: GroupNode,
  topics: readonly string[] | null | undefined,
  onlyLagging: boolean,
  context: GraphQLContext,
): Promise<readonly GroupPartitionOffsetShape[]> => {
  const all = await commitsOf(group, context)
  const named = topics ? all.filter(({ topic }) => setOf(topics).has(topic)) : all
  if (!onlyLagging) return offsetsIn(group, named)
  const lagging = await Promise.all(named.map(one => isLagging(one, context)))
  return offsetsIn(
    group,
    named.filter((_, index) => lagging[index]),
  )
}

const maxPartitionLag = async (
  group: GroupNode,
  context: GraphQLContext,
): Promise<GroupPartitionOffsetShape | null> => {
  const all = await commitsOf(group, context)
  const lags = await Promise.all(all.map(one => lagOf(one, context)))
  let most: { readonly committed: CommittedOffset; readonly lag: bigint } | null = null
  for (const [index, committed] of all.entries()) {
    const lag = lags[index] ?? 0n
    if (lag > (most?.lag ?? 0n)) most = { committed, lag }
  }
  return most && { ...most.committed, group }
}

const longestTimeLag = async (group: GroupNode, context: GraphQLContext): Promise<number | null> => {
  const lags = await Promise.all((await commitsOf(group, context)).map(one => timeLagOf(one, context)))
  const known = lags.filter(lag => lag !== null)
  return known.length === 0 ? null : known.reduce((longest, lag) => Math.max(longest, lag))
}

const byTopic = async (group: GroupNode, context: GraphQLContext): Promise<readonly GroupTopicOffsetsShape[]> => {
  const topics = groupedBy(await commitsOf(group, context), one => one.topic)
  return [...topics].map(([topic, committed]) => ({ group, topic, committed }))
}

const unknown = 'Null with an error'

const committedFields = (type: typeof ConsumerGroup) =>
  objectFields(type, t => ({
    offsets: t.field({
      description: `The committed offsets of the group, by topic and partition: how far it has read. A partition without a commit is missing, even if a member is assigned to it. Topics that the server’s Kafka user may not describe are missing too, because Kafka silently omits them. ${unknown} if the coordinator does not answer.`,
      type: [GroupPartitionOffset],
      nullable: true,
      args: {
        topics: t.arg.stringList({ description: 'Only partitions of these topics. Default: all.' }),
        onlyLagging: t.arg.boolean({
          defaultValue: false,
          description: 'Only partitions with messages left to read, and those whose lag is unknown now.',
        }),
      },
      resolve: (group, { topics, onlyLagging }, context) =>
        translating(() => offsetsOf(group, topics, onlyLagging ?? false, context)),
    }),
    lag: t.field({
      description: `An upper bound of the messages that the group still has to read: the sum of the \`lag\` of its partitions. Partitions of deleted topics count as 0. ${unknown} while one of the partitions has no leader, because the sum would be too small.`,
      type: 'Long',
      nullable: true,
      args: { topic: t.arg.string({ description: 'Only the lag in this topic. Default: all topics.' }) },
      resolve: (group, { topic }, context) =>
        translating(async () => {
          const name = typeof topic === 'string' ? toTopicName(topic) : null
          const all = await commitsOf(group, context)
          return totalLagOf(name === null ? all : all.filter(one => one.topic === name), context)
        }),
    }),
    maxPartitionLag: t.field({
      description: `The partition with the most messages left to read; null if no partition has any. ${unknown} while one of the partitions has no leader.`,
      type: GroupPartitionOffset,
      nullable: true,
      resolve: (group, _, context) => translating(() => maxPartitionLag(group, context)),
    }),
    timeLag: t.field({
      description: `The age of the oldest message that the group still has to read: its lag in time. This reads one message for each partition that is behind, so select it only where you need it. Null if nothing is left to read or the messages have no timestamps. ${unknown} if they cannot be read in time.`,
      type: 'Duration',
      nullable: true,
      resolve: (group, _, context) => translating(() => longestTimeLag(group, context)),
    }),
    topics: t.field({
      description: `The committed offsets, grouped by topic. ${unknown} if the coordinator does not answer.`,
      type: [GroupTopicOffsets],
      nullable: true,
      resolve: (group, _, context) => translating(() => byTopic(group, context)),
    }),
  }))

const shareGroupFields = objectFields(ShareGroup, t => ({
  startOffsets: t.field({
    description: `The offset in each partition at which the group starts to read. Every earlier message was acknowledged, was given up, or does not belong to the group. ${unknown} if the coordinator does not answer.`,
    type: [GroupPartitionOffset],
    nullable: true,
    resolve: (group, _, context) => translating(async () => offsetsIn(group, await commitsOf(group, context))),
  }),
  lag: t.field({
    description: `The number of messages that the group still has to process, as the brokers count them. Null if they do not report it (before Kafka 4.2). ${unknown} if the coordinator does not answer.`,
    type: 'Long',
    nullable: true,
    resolve: (group, _, context) => translating(async () => totalLagOf(await commitsOf(group, context), context)),
  }),
}))

/** What this file adds to a schema. */
export const groupOffsetsParts = parts(...[ConsumerGroup, StreamsGroup].map(committedFields), shareGroupFields)
