import type { TransactionState } from '../../../kafka/ports/transaction-admin.ts'

/** Kafka's state names on the wire differ from those it prints. */
const WIRE_NAMES = {
  ONGOING: 'Ongoing',
  PREPARE_ABORT: 'PrepareAbort',
  PREPARE_COMMIT: 'PrepareCommit',
  COMPLETE_ABORT: 'CompleteAbort',
  COMPLETE_COMMIT: 'CompleteCommit',
  EMPTY: 'Empty',
  PREPARE_EPOCH_FENCE: 'PrepareEpochFence',
  UNKNOWN: 'Unknown',
} as const satisfies Readonly<Record<TransactionState, string>>

const STATES: readonly TransactionState[] = [
  'ONGOING',
  'PREPARE_ABORT',
  'PREPARE_COMMIT',
  'COMPLETE_ABORT',
  'COMPLETE_COMMIT',
  'EMPTY',
  'PREPARE_EPOCH_FENCE',
]

/** The state name for a request. */
export const wireStateOf = (state: TransactionState): string => WIRE_NAMES[state]

/** The state of a name in a response. */
export const stateOf = (wire: string): TransactionState => STATES.find(state => WIRE_NAMES[state] === wire) ?? 'UNKNOWN'
