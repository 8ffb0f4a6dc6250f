import { MutationPayload } from '../mutation-failure.ts'
import { objectRef } from '../schema-part.ts'
import type { OffsetChange } from './change-offsets.ts'
import { GroupPartitionOffset } from './group-partition-offset.ts'

/** What a mutation of a group's committed offsets has done. */
export const GroupOffsetsPayload = objectRef<OffsetChange>('GroupOffsetsPayload').implement({
  description:
    'What a mutation of a group’s committed offsets has done, or with `dryRun` would do. Lag is counted to where the logs end now, before and after alike.',
  interfaces: [MutationPayload],
  fields: t => ({
    before: t.expose('before', {
      description:
        'What the group had committed in the chosen partitions, in the order in which they were chosen or else of their numbers. Partitions without a commit are left out.',
      type: [GroupPartitionOffset],
    }),
    after: t.expose('after', {
      description:
        'What is committed there now. A partition that was refused still has what it had before. A partition without a commit is left out, and so is one of which nobody knows, because Kafka’s answer was lost (OUTCOME_UNKNOWN).',
      type: [GroupPartitionOffset],
    }),
  }),
})
