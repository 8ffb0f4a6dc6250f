import type { CommittedOffset } from '../../kafka/groups.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { translating } from '../core/errors/failures.ts'
import { objectRef } from '../core/schema-part.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'
import { totalLagOf } from './group-lag.ts'
import type { GroupNode } from './group-node.ts'
import { GroupPartitionOffset, offsetsIn } from './group-partition-offset.ts'
import { Group } from './group-type.ts'

/** The commits of a group in one topic. */
export interface GroupTopicOffsetsShape {
  readonly group: GroupNode
  readonly topic: TopicName
  readonly committed: readonly CommittedOffset[]
}

export const GroupTopicOffsets = objectRef<GroupTopicOffsetsShape>('GroupTopicOffsets').implement({
  description: 'How far a group has read in one topic.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: ({ group }) => group }),
    topic: t.field({
      description:
        'The topic. Its name stays known after it was deleted. Any other field is then an error, which makes this field null.',
      type: Topic,
      nullable: true,
      resolve: ({ topic }) => topicNamed(topic),
    }),
    partitions: t.field({
      description: 'The committed offsets, sorted by partition number.',
      type: [GroupPartitionOffset],
      resolve: ({ group, committed }) => offsetsIn(group, committed),
    }),
    lag: t.field({
      description:
        'An upper bound of the messages of this topic that the group still has to read. Null in share groups before Kafka 4.2; null with an error while one of the partitions has no leader.',
      type: 'Long',
      nullable: true,
      resolve: ({ committed }, _, context) => translating(() => totalLagOf(committed, context)),
    }),
  }),
})
