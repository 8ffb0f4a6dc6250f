import type { StoredMessage } from '../../../kafka/message.ts'
import type { LostRecords } from './lost-records.ts'

/** Reads the messages of one entry of a log, a few at a time. */
export interface EntryReader {
  /** Memory of the messages read so far, besides their bytes. */
  readonly overhead: number
  /** Size of the bytes that contain the messages. */
  readonly size: number
  /** Messages that ended the reading because of their offsets; null if there are none. */
  readonly lost: LostRecords | null
  /**
   * Appends up to `count` messages to `into`. Returns false at the end of the entry.
   * @throws KafkaError CORRUPT_MESSAGE, DECODE_LIMIT; messages appended before that are valid.
   */
  read(count: number, into: StoredMessage[]): boolean
}
