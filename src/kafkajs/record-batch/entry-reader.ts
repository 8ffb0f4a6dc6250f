import type { StoredMessage } from '../../kafka/message.ts'
import type { LostRecords } from './lost-records.ts'

/** Reads the messages of one entry of a log, some at a time. */
export interface EntryReader {
  /** Memory that the messages read so far take beside their bytes. */
  readonly overhead: number
  /** Bytes in which the messages lie. */
  readonly size: number
  /** Messages that ended the reading because of their offsets; null when there are none. */
  readonly lost: LostRecords | null
  /**
   * Appends up to `count` messages to `into`; false once the entry is read to its end.
   * @throws KafkaError CORRUPT_MESSAGE, DECODE_LIMIT; what was appended before is sound.
   */
  read(count: number, into: StoredMessage[]): boolean
}
