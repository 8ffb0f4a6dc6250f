import { toEpochMs } from '../../../kafka/epoch-ms.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { BatchInfo, StoredMessage } from '../../../kafka/message.ts'
import { toOffset } from '../../../kafka/offset.ts'
import type { EntryReader } from '../parts/entry-reader.ts'
import type { LostRecords } from '../parts/lost-records.ts'
import { malformed } from '../parts/record-cursor.ts'
import { NO_HEADERS } from '../parts/record-headers.ts'
import { MESSAGE_OVERHEAD, StoredRecord } from '../parts/stored-record.ts'
import { hasFittingLegacyCrc, LEGACY_ATTRIBUTE, type LegacyMessage, readLegacy } from './legacy-message.ts'

/** What the messages of one v0 or v1 entry share. */
export interface LegacyPlace {
  readonly partition: number
  /** Added to the stored offsets; 0 unless they are relative. */
  readonly baseOffset: bigint
  /** Messages below this offset are skipped. */
  readonly from: bigint
  /** The first offset after the entry. */
  readonly nextOffset: bigint
  readonly info: BatchInfo
  /** A wrapper's append time, which applies to its v1 messages; null if each has its own. */
  readonly appendTime: bigint | null
  readonly isWrapped: boolean
}

/** Reads the messages of one v0 or v1 entry: a single message, or the contents of a wrapper. */
export class LegacyReader implements EntryReader {
  overhead = 0
  lost: LostRecords | null = null
  readonly #bytes: Buffer
  readonly #place: LegacyPlace
  #at = 0
  #last: bigint
  /** The first missing offset found before a message in order. */
  #missing: bigint | null = null

  constructor(bytes: Buffer, place: LegacyPlace) {
    this.#bytes = bytes
    this.#place = place
    this.#last = place.from - 1n
  }

  get size(): number {
    return this.#bytes.length
  }

  read(count: number, into: StoredMessage[]): boolean {
    for (let left = count; left > 0; left--) {
      const message = this.#at < this.#bytes.length ? readLegacy(this.#bytes, this.#at) : null
      if (message === null) return this.#finish()
      this.#at = message.end
      const record = this.#take(message)
      if (this.lost !== null) return false
      if (record !== null) into.push(record)
    }
    return true
  }

  #take(message: LegacyMessage): StoredRecord | null {
    const { from, nextOffset, baseOffset, isWrapped, partition, info } = this.#place
    if (isWrapped && (message.attributes & LEGACY_ATTRIBUTE.compression) !== 0) {
      throw malformed('a wrapper within a wrapper')
    }
    const offset = baseOffset + message.offset
    if (offset < from) return null
    if (offset >= nextOffset) return this.#lose(this.#missing ?? this.#last + 1n, nextOffset)
    if (offset <= this.#last) {
      // Kafka's consumer skips a message whose offset does not increase.
      this.#missing ??= this.#last + 1n
      return null
    }
    if (this.#missing !== null && offset > this.#missing) return this.#lose(this.#missing, offset)
    if (!hasFittingLegacyCrc(this.#bytes, message))
      throw new KafkaError('CORRUPT_MESSAGE', 'a message fails its checksum')
    this.#missing = null
    this.#last = offset
    this.overhead += MESSAGE_OVERHEAD
    const { key, value } = message
    const size = (key?.length ?? 0) + (value?.length ?? 0)
    return new StoredRecord(partition, toOffset(offset), this.#time(message), key, value, NO_HEADERS, size, info)
  }

  #time({ magic, timestamp }: LegacyMessage) {
    return toEpochMs(magic === 1 ? (this.#place.appendTime ?? timestamp) : timestamp)
  }

  /** Kafka's consumer ignores a last message that is cut off. */
  #finish(): boolean {
    const { nextOffset } = this.#place
    const isCutOff = this.#at < this.#bytes.length
    const missing = this.#missing ?? (isCutOff ? this.#last + 1n : nextOffset)
    if (missing < nextOffset) this.#lose(missing, nextOffset)
    return false
  }

  #lose(at: bigint, next: bigint): null {
    this.lost = { error: malformed('its offset is out of order, or it is cut off'), at, next }
    return null
  }
}
