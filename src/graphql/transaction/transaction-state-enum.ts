import { enumType } from '../schema-part.ts'

/** What a transaction is doing. */
export const TransactionStateEnum = enumType('TransactionState', {
  description: 'What the newest transaction of a transactional id is doing, as its coordinator knows it.',
  values: {
    ONGOING: { description: 'It is open: messages are being written that READ_COMMITTED readers do not see yet.' },
    PREPARE_ABORT: { description: 'It was given up: abort markers are being written to its partitions.' },
    PREPARE_COMMIT: { description: 'It was committed: commit markers are being written to its partitions.' },
    COMPLETE_ABORT: { description: 'It was aborted, everywhere.' },
    COMPLETE_COMMIT: { description: 'It was committed, everywhere.' },
    EMPTY: { description: 'There has been none yet.' },
    PREPARE_EPOCH_FENCE: { description: 'An older producer of the same id is being shut out.' },
    UNKNOWN: { description: 'A state that the broker names and this API does not know.' },
  } as const,
})
