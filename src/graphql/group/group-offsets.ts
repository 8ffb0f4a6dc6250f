import type { CommittedOffset } from '../../kafka/groups.ts'
import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import { objectFields, parts } from '../schema-part.ts'
import { setOf } from '../set-of.ts'
import { commitsOf, lagOf, timeLagOf, totalLagOf } from './group-lag.ts'
import type { GroupNode } from './group-node.ts'
import { GroupPartitionOffset, type GroupPartitionOffsetShape, offsetsIn } from './group-partition-offset.ts'
import { GroupTopicOffsets, type GroupTopicOffsetsShape } from './group-topic-offsets.ts'
import { ConsumerGroup, ShareGroup, StreamsGroup } from './group-type.ts'

/** A partition whose lag cannot be known now stays: leaving it out would say that nothing is left to read. */
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
  const topics = new Map<TopicName, CommittedOffset[]>()
  for (const one of await commitsOf(group, context)) {
    const known = topics.get(one.topic)
    if (known) known.push(one)
    else topics.set(one.topic, [one])
  }
  return [...topics].map(([topic, committed]) => ({ group, topic, committed }))
}

const unknown = 'Null, with an error beside it,'

const committedFields = (type: typeof ConsumerGroup) =>
  objectFields(type, t => ({
    offsets: t.field({
      description: `How far the group has read: its committed offsets, by topic and partition. A partition in which it has committed nothing yet is not among them, though a member may be assigned to it; nor is one of a topic that may not be described here, which Kafka leaves out without a word. ${unknown} when the coordinator does not answer.`,
      type: [GroupPartitionOffset],
      nullable: true,
      args: {
        topics: t.arg.stringList({ description: 'Only partitions of these topics; of all when left out.' }),
        onlyLagging: t.arg.boolean({
          defaultValue: false,
          description:
            'Only partitions in which messages are left to read. Those of which that cannot be known now are among them.',
        }),
      },
      resolve: (group, { topics, onlyLagging }, context) =>
        translating(() => offsetsOf(group, topics, onlyLagging ?? false, context)),
    }),
    lag: t.field({
      description: `How many messages the group has still to read, at most: the sum of the \`lag\` of its partitions. Partitions of deleted topics count nothing. ${unknown} while one of the partitions has no leader, since the sum would be too small.`,
      type: 'Long',
      nullable: true,
      args: { topic: t.arg.string({ description: 'Only of this topic; of all when left out.' }) },
      resolve: (group, { topic }, context) =>
        translating(async () => {
          const name = typeof topic === 'string' ? toTopicName(topic) : null
          const all = await commitsOf(group, context)
          return totalLagOf(name === null ? all : all.filter(one => one.topic === name), context)
        }),
    }),
    maxPartitionLag: t.field({
      description: `The partition in which the most messages are left to read; null when none has any. ${unknown} while one of the partitions has no leader.`,
      type: GroupPartitionOffset,
      nullable: true,
      resolve: (group, _, context) => translating(() => maxPartitionLag(group, context)),
    }),
    timeLag: t.field({
      description: `How old the oldest message is that the group has still to read: how far it is behind, in time. One message is read for each partition that is behind, so ask for it where it is needed. Null when nothing is left to read or the messages have no timestamps. ${unknown} when they cannot be read in time.`,
      type: 'Duration',
      nullable: true,
      resolve: (group, _, context) => translating(() => longestTimeLag(group, context)),
    }),
    topics: t.field({
      description: `The committed offsets, topic by topic. ${unknown} when the coordinator does not answer.`,
      type: [GroupTopicOffsets],
      nullable: true,
      resolve: (group, _, context) => translating(() => byTopic(group, context)),
    }),
  }))

const shareGroupFields = objectFields(ShareGroup, t => ({
  startOffsets: t.field({
    description: `Where the group begins to read in each partition: every message before has been acknowledged, was given up, or is not the group’s to read. ${unknown} when the coordinator does not answer.`,
    type: [GroupPartitionOffset],
    nullable: true,
    resolve: (group, _, context) => translating(async () => offsetsIn(group, await commitsOf(group, context))),
  }),
  lag: t.field({
    description: `How many messages the group has still to do, as the brokers count them. Null where they do not tell it (before Kafka 4.2). ${unknown} when the coordinator does not answer.`,
    type: 'Long',
    nullable: true,
    resolve: (group, _, context) => translating(async () => totalLagOf(await commitsOf(group, context), context)),
  }),
}))

/** What this file adds to a schema. */
export const groupOffsetsParts = parts(...[ConsumerGroup, StreamsGroup].map(committedFields), shareGroupFields)
