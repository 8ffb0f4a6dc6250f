import type { StoredMessage } from '../../kafka/message.ts'

/** Kinds of control records as their key tells them: a 16-bit version, then a 16-bit type. */
const ABORT = 0

/** Whether a control batch's first record is the marker that ends an aborted transaction. */
export const isAbortMarker = (record: StoredMessage | undefined): boolean =>
  record?.key != null && record.key.length >= 4 && record.key.readInt16BE(2) === ABORT
