import type { Offset } from '../../kafka/offset.ts'
import { builder } from '../builder.ts'

/** An offset found in a partition. */
export interface PartitionOffsetShape {
  readonly partition: number
  readonly offset: Offset
  /** Epoch ms; null where no message is meant. */
  readonly timestamp: number | null
  readonly leaderEpoch: number | null
}

/** An offset in one partition. */
export const PartitionOffset = builder.objectRef<PartitionOffsetShape>('PartitionOffset').implement({
  description: 'A position in one partition, and what is known of the message there.',
  fields: t => ({
    partition: t.exposeInt('partition', { description: 'The number of the partition.' }),
    offset: t.expose('offset', { description: 'The position.', type: 'Long' }),
    timestamp: t.expose('timestamp', {
      description: 'The timestamp of the message there. Null where the position is not asked for by a message.',
      type: 'DateTime',
      nullable: true,
    }),
    leaderEpoch: t.exposeInt('leaderEpoch', {
      description: 'The leader epoch under which the message there was written. Null where the broker does not tell.',
      nullable: true,
    }),
  }),
})
