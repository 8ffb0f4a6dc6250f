import type { Outcome } from '../../kafka/errors/kafka-error.ts'
import type { LowWatermark } from '../../kafka/ports/topic-admin.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { resultsOf } from '../core/outcomes/outcomes.ts'
import { objectRef } from '../core/schema-part.ts'
import { PartitionOffset, type PartitionOffsetShape } from './partition-offset-type.ts'

interface DeleteRecordsShape {
  readonly errors: readonly FailureShape[]
  readonly lowWatermarks: readonly PartitionOffsetShape[]
}

export const DeleteRecordsPayload = objectRef<DeleteRecordsShape>('DeleteRecordsPayload').implement({
  description: 'The result of deleting messages.',
  interfaces: [MutationPayload],
  fields: t => ({
    lowWatermarks: t.expose('lowWatermarks', {
      description:
        'The new start of each partition’s log: messages below this offset are deleted. Refused partitions are left out.',
      type: [PartitionOffset],
    }),
  }),
})

/** The payload for these outcomes. */
export const deletedRecords = (
  outcomes: readonly Outcome<LowWatermark>[],
  errors: readonly FailureShape[],
): DeleteRecordsShape => ({
  errors,
  lowWatermarks: resultsOf(outcomes).flatMap(one => (one ? { ...one, timestamp: null, leaderEpoch: null } : [])),
})
