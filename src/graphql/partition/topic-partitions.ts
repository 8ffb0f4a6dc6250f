import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import { objectFields } from '../core/schema-part.ts'
import { setOf } from '../core/set-of.ts'
import { describe, Topic, type TopicNode } from '../topic/topic-type.ts'
import { findPartition, Partition, type PartitionNode, partitionDescribed } from './partition-type.ts'

const partitionsOf = async (topic: TopicNode, context: GraphQLContext): Promise<readonly PartitionNode[]> => {
  if (topic.planned) return []
  const { partitions } = await describe(topic, context)
  return partitions.map(description => partitionDescribed(topic, description))
}

/** `Topic.partitions` and `Topic.partition`. */
export const topicPartitionsFields = objectFields(Topic, t => ({
  partitions: t.field({
    description: 'The partitions of this topic, sorted by number. Empty for a topic that was only validated.',
    type: [Partition],
    args: {
      ids: t.arg.intList({
        description: 'Only the partitions with these numbers; unknown numbers are ignored.',
      }),
    },
    resolve: async (topic, { ids }, context) => {
      const { max } = context.limits.page
      if (ids && ids.length > max)
        throw badInput('ids', `takes at most ${max} numbers, this request has ${ids.length}.`)
      const all = await partitionsOf(topic, context)
      return ids ? all.filter(({ partition }) => setOf(ids).has(partition)) : all
    },
  }),
  partition: t.field({
    description: 'One partition by its number; null if the topic has no such partition.',
    type: Partition,
    nullable: true,
    args: { id: t.arg.int({ required: true, description: 'The number of the partition, counted from 0.' }) },
    resolve: (topic, { id }, context) => (topic.planned ? null : findPartition(topic, id, context)),
  }),
}))
