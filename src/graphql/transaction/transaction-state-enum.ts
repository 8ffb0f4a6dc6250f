import { enumType } from '../core/schema-part.ts'

export const TransactionStateEnum = enumType('TransactionState', {
  description: 'The state of the newest transaction of a transactional id, as its coordinator reports it.',
  values: {
    ONGOING: { description: 'Open: the producer is writing messages that READ_COMMITTED readers do not see yet.' },
    PREPARE_ABORT: { description: 'Aborting: abort markers are being written to its partitions.' },
    PREPARE_COMMIT: { description: 'Committing: commit markers are being written to its partitions.' },
    COMPLETE_ABORT: { description: 'Aborted in all its partitions.' },
    COMPLETE_COMMIT: { description: 'Committed in all its partitions.' },
    EMPTY: { description: 'There has been no transaction yet.' },
    PREPARE_EPOCH_FENCE: { description: 'An older producer with the same id is being fenced off.' },
    UNKNOWN: { description: 'A state that the broker reports but this API does not know.' },
  } as const,
})
