import { inputType } from '../core/schema-part.ts'

export const TopicPartitionInput = inputType('TopicPartitionInput', {
  description: 'A partition, identified by topic name and number.',
  fields: t => ({
    topic: t.string({ required: true, description: 'The name of the topic.' }),
    partition: t.int({ required: true, description: 'The number of the partition, counted from 0.' }),
  }),
})
