import { onceEach } from '../../async/once.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import { type Offset, toOffset } from '../../kafka/offset.ts'
import type { OffsetQuery } from '../../kafka/ports/catalog.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { MakeShared } from '../core/loaders.ts'
import { objectField, objectFields, parts } from '../core/schema-part.ts'
import { describe, Topic, type TopicNode } from '../topic/topic-type.ts'
import { IsolationLevelEnum } from './isolation-level.ts'
import { Partition, type PartitionNode } from './partition-type.ts'

type Which = Pick<PartitionNode, 'topic' | 'partition'>

const offsetAt = async (
  { topic, partition }: Which,
  at: OffsetQuery,
  isolationLevel: IsolationLevel,
  { loaders }: GraphQLContext,
): Promise<Offset> => (await loaders.offset({ topic: topic.name, partition, at, isolationLevel })).offset ?? toOffset(0)

const partitionFields = objectFields(Partition, t => ({
  earliestOffset: t.field({
    description:
      'The offset of the first message that is still stored (the log start offset). It grows when retention deletes old messages; lower offsets cannot be read any more. Null with an error while the partition has no leader.',
    type: 'Long',
    nullable: true,
    resolve: (node, _, context) => offsetAt(node, 'earliest', 'READ_UNCOMMITTED', context),
  }),
  latestOffset: t.field({
    description:
      'The offset of the next message that readers will get: the high watermark, up to which all in-sync replicas have copied the log. A reader at this position has read everything; otherwise the difference is its lag. Null with an error while the partition has no leader.',
    type: 'Long',
    nullable: true,
    args: {
      isolationLevel: t.arg({
        type: IsolationLevelEnum,
        defaultValue: 'READ_UNCOMMITTED',
        description: 'READ_COMMITTED returns the last stable offset in place of the high watermark.',
      }),
    },
    resolve: (node, { isolationLevel }, context) =>
      offsetAt(node, 'latest', isolationLevel ?? 'READ_UNCOMMITTED', context),
  }),
}))

const countMessages = async (topic: TopicNode, context: GraphQLContext): Promise<bigint> => {
  const { partitions } = await describe(topic, context)
  const counts = partitions.map(async ({ partition }) => {
    const at = { topic, partition }
    const [earliest, latest] = await Promise.all([
      offsetAt(at, 'earliest', 'READ_UNCOMMITTED', context),
      offsetAt(at, 'latest', 'READ_UNCOMMITTED', context),
    ])
    return latest - earliest
  })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0n)
}

/** Counts each topic once per operation, however often it is selected. */
const messageCounts: MakeShared<typeof countMessages> = () => onceEach(({ name }) => name, countMessages)

const topicMessageCount = objectField(Topic, 'messageCount', t =>
  t.field({
    description:
      'The sum of latest minus earliest offset over all partitions: an upper bound of the stored messages. Compaction, aborted transactions and transaction markers leave offsets without a message. Null with an error if a partition has no leader.',
    type: 'Long',
    nullable: true,
    resolve: (topic, _, context) => (topic.planned ? 0n : context.loaders.shared(messageCounts)(topic, context)),
  }),
)

/** What this file adds to a schema. */
export const partitionOffsetsParts = parts(partitionFields, topicMessageCount)
