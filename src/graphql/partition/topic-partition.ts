import type { TopicPartition as TopicPartitionShape } from '../../kafka/topic-partition.ts'
import { objectRef } from '../core/schema-part.ts'
import { Topic, topicNamed } from '../topic/topic-type.ts'
import { Partition } from './partition-type.ts'

const gone =
  'Its name and number stay known after a deletion. Any other field is then an error, which makes this field null.'

export const TopicPartition = objectRef<TopicPartitionShape>('TopicPartition').implement({
  description: 'A partition, identified by topic and number, even if it no longer exists.',
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
