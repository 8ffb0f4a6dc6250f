import { toOffset } from '../../kafka/offset.ts'
import { uninterrupted } from '../../kafka/ports/call.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { badInput } from '../core/errors/failures.ts'
import { failuresOf, refuseDuplicates, settleAll } from '../core/outcomes/outcomes.ts'
import { inputType, mutationField, parts } from '../core/schema-part.ts'
import { DeleteRecordsPayload, deletedRecords } from './delete-records-payload.ts'

const DeleteRecordsInput = inputType('DeleteRecordsInput', {
  description: 'How many messages of a partition to delete.',
  fields: t => ({
    partition: t.int({ required: true, description: 'The number of the partition.' }),
    beforeOffset: t.field({
      type: 'Long',
      description: 'The first offset to keep. Null or omitted: the high watermark, which deletes every message.',
    }),
  }),
})

const deleteRecordsMutation = mutationField('deleteRecords', t =>
  t.field({
    description:
      'Deletes the oldest messages of partitions, up to an offset, as `kafka-delete-records` does. This cannot be undone. A consumer whose position is deleted gets OFFSET_OUT_OF_RANGE, a subscriber of `messageStream` a StreamGap. Refusals: OFFSET_OUT_OF_RANGE beyond the end, POLICY_VIOLATION for a topic that is only compacted. An offset below the start of the log deletes nothing.',
    type: DeleteRecordsPayload,
    args: {
      topic: t.arg.string({ required: true, description: 'The name of the topic.' }),
      before: t.arg({ type: [DeleteRecordsInput], required: true, description: 'The partitions, each at most once.' }),
    },
    resolve: async (_, { topic, before }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      if (before.length > max)
        throw badInput('before', `takes at most ${max} partitions, this request has ${before.length}.`)
      const check = refuseDuplicates(before.map(({ partition }) => `partition ${partition}`))
      const outcomes = await settleAll(before, {
        prepare: ({ partition, beforeOffset }) => {
          check(`partition ${partition}`)
          toTopicName(topic)
          return { partition, before: typeof beforeOffset === 'bigint' ? toOffset(beforeOffset) : null }
        },
        send: requests => ports.topicAdmin.deleteRecords(uninterrupted(call), toTopicName(topic), requests),
      })
      loaders.forget()
      return deletedRecords(outcomes, failuresOf(outcomes, ['before']))
    },
  }),
)

/** What this file adds to a schema. */
export const deleteRecordsParts = parts(DeleteRecordsInput, deleteRecordsMutation)
