import type { EpochMs } from '../../kafka/epoch-ms.ts'
import type { Offset } from '../../kafka/offset.ts'
import { NO_DATE, writableTime } from '../core/scalars/date-time.ts'
import { objectRef } from '../core/schema-part.ts'

export interface PartitionOffsetShape {
  readonly partition: number
  readonly offset: Offset
  /** Null if the position does not belong to a message. */
  readonly timestamp: EpochMs | null
  readonly leaderEpoch: number | null
}

export const PartitionOffset = objectRef<PartitionOffsetShape>('PartitionOffset').implement({
  description: 'A position in one partition, and the message there, if known.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    offset: t.expose('offset', { description: 'The position.', type: 'Long' }),
    timestamp: t.field({
      description: `The timestamp of the message at this position. Null if the server did not look up the message, as for low watermarks. ${NO_DATE}`,
      type: 'DateTime',
      nullable: true,
      resolve: ({ timestamp }) => writableTime(timestamp),
    }),
    leaderEpoch: t.exposeInt('leaderEpoch', {
      description: 'The leader epoch in which the message was written. Null if the broker does not report it.',
      nullable: true,
    }),
  }),
})
