import { inputType } from '../schema-part.ts'

/** A partition by its topic's name and its number. */
export const TopicPartitionInput = inputType('TopicPartitionInput', {
  description: 'A partition by its topic’s name and its number.',
  fields: t => ({
    topic: t.string({ required: true, description: 'The name of the topic.' }),
    partition: t.int({ required: true, description: 'The number of the partition, counted from 0.' }),
  }),
})
