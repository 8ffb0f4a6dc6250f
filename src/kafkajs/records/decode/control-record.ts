import type { StoredMessage } from '../../../kafka/message.ts'

/** The type in a control record's key, which is a 16-bit version and a 16-bit type. */
const ABORT = 0

/** Whether a control batch's first record ends an aborted transaction. */
export const isAbortMarker = (record: StoredMessage | undefined): boolean =>
  record?.key != null && record.key.length >= 4 && record.key.readInt16BE(2) === ABORT
