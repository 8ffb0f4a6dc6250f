import { MutationPayload } from '../../core/outcomes/mutation-failure.ts'
import { objectRef } from '../../core/schema-part.ts'
import { GroupPartitionOffset } from '../group-partition-offset.ts'
import type { OffsetChange } from './change-offsets.ts'

export const GroupOffsetsPayload = objectRef<OffsetChange>('GroupOffsetsPayload').implement({
  description:
    'The result of a mutation of a group’s committed offsets; with `dryRun`, the result that it would have. `before` and `after` both compute lag from the current ends of the logs.',
  interfaces: [MutationPayload],
  fields: t => ({
    before: t.expose('before', {
      description:
        'The offsets that the group had committed in the chosen partitions, in the order in which you chose them, otherwise by partition number. Partitions without a commit are left out.',
      type: [GroupPartitionOffset],
    }),
    after: t.expose('after', {
      description:
        'The offsets that are committed there now. A refused partition keeps its previous offset. A partition is left out if it has no commit, or if its state is unknown because Kafka’s response was lost (OUTCOME_UNKNOWN).',
      type: [GroupPartitionOffset],
    }),
  }),
})
