import type { EpochMs } from '../../kafka/epoch-ms.ts'
import type { Offset } from '../../kafka/offset.ts'
import { NO_DATE, writableTime } from '../scalars/date-time.ts'
import { objectRef } from '../schema-part.ts'

/** An offset found in a partition. */
export interface PartitionOffsetShape {
  readonly partition: number
  readonly offset: Offset
  /** Null where no message is meant. */
  readonly timestamp: EpochMs | null
  readonly leaderEpoch: number | null
}

/** An offset in one partition. */
export const PartitionOffset = objectRef<PartitionOffsetShape>('PartitionOffset').implement({
  description: 'A position in one partition, and what is known of the message there.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    offset: t.expose('offset', { description: 'The position.', type: 'Long' }),
    timestamp: t.field({
      description: `The timestamp of the message there. Null where the position is not asked for by a message. ${NO_DATE}`,
      type: 'DateTime',
      nullable: true,
      resolve: ({ timestamp }) => writableTime(timestamp),
    }),
    leaderEpoch: t.exposeInt('leaderEpoch', {
      description: 'The leader epoch under which the message there was written. Null where the broker does not tell.',
      nullable: true,
    }),
  }),
})
