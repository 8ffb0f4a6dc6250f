import type { OffsetQuery } from '../../kafka/ports/catalog.ts'
import { takeValues } from '../core/bounds/bounded-answers.ts'
import type { GraphQLContext } from '../core/context.ts'
import { objectField, objectFields, parts } from '../core/schema-part.ts'
import { describe, Topic, type TopicNode } from '../topic/topic-type.ts'
import { PartitionOffset, type PartitionOffsetShape } from './partition-offset-type.ts'
import { Partition } from './partition-type.ts'

const found = async (
  topic: TopicNode,
  partition: number,
  at: OffsetQuery,
  { loaders }: GraphQLContext,
): Promise<PartitionOffsetShape | null> => {
  const { offset, ...message } = await loaders.offset({
    topic: topic.name,
    partition,
    at,
    isolationLevel: 'READ_UNCOMMITTED',
  })
  return offset === null ? null : { partition, offset, ...message }
}

const timestampDescription = 'The time to look for. A message’s timestamp comes from its producer or from the broker.'

const partitionFields = objectFields(Partition, t => ({
  offsetForTimestamp: t.field({
    description:
      'The first message whose timestamp is at or after a given time. Start reading here to get the messages since then. Null if all messages are older; null with an error while the partition has no leader.',
    type: PartitionOffset,
    nullable: true,
    args: { timestamp: t.arg({ type: 'DateTime', required: true, description: timestampDescription }) },
    resolve: ({ topic, partition }, { timestamp }, context) => found(topic, partition, { timestamp }, context),
  }),
  maxTimestampOffset: t.field({
    description:
      'The message with the greatest timestamp, the first one if several share it. It need not be the last message, because producers choose timestamps. Null if there is no message; null with an error while the partition has no leader.',
    type: PartitionOffset,
    nullable: true,
    resolve: ({ topic, partition }, _, context) => found(topic, partition, 'maxTimestamp', context),
  }),
}))

const topicOffsetsForTimestamp = objectField(Topic, 'offsetsForTimestamp', t =>
  t.field({
    description:
      'The first message of each partition whose timestamp is at or after a given time, as `kafka-get-offsets --time` shows it. A partition with only older messages is left out; a reader starts at its end. Null with an error if a partition has no leader.',
    type: [PartitionOffset],
    nullable: true,
    args: { timestamp: t.arg({ type: 'DateTime', required: true, description: timestampDescription }) },
    resolve: async (topic, { timestamp }, context) => {
      if (topic.planned) return []
      const { partitions } = await describe(topic, context)
      if (!takeValues(context, partitions.length)) return []
      const offsets = partitions.map(({ partition }) => found(topic, partition, { timestamp }, context))
      return (await Promise.all(offsets)).flatMap(one => one ?? [])
    },
  }),
)

/** What this file adds to a schema. */
export const offsetsByTimeParts = parts(partitionFields, topicOffsetsForTimestamp)
