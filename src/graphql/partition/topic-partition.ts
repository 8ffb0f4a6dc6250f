import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { objectRef } from '../schema-part.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'
import { Partition } from './partition-type.ts'

const gone =
  'Known by name even after it was deleted; anything else asked of it is an error then, which makes it null as a whole.'

/** A partition that something names, whether it is still there or not. */
export const TopicPartition = objectRef<TopicPartitionShape>('TopicPartition').implement({
  description: 'A partition by its topic and its number, as Kafka names it, whether it is still there or not.',
  fields: t => ({
    topic: t.field({
      description: `The topic. ${gone}`,
      type: Topic,
      nullable: true,
      resolve: ({ topic }) => topicNamed(topic),
    }),
    partition: t.field({
      description: `The partition. ${gone}`,
      type: Partition,
      nullable: true,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
  }),
})
