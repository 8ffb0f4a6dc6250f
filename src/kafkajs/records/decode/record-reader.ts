import { type EpochMs, toEpochMs } from '../../../kafka/epoch-ms.ts'
import type { StoredMessage } from '../../../kafka/message.ts'
import { toOffset } from '../../../kafka/offset.ts'
import type { BatchHeader } from '../parts/batch-header.ts'
import type { EntryReader } from '../parts/entry-reader.ts'
import type { LostRecords } from '../parts/lost-records.ts'
import { malformed, RecordCursor } from '../parts/record-cursor.ts'
import { HEADER_OVERHEAD, NO_HEADERS, readHeaders } from '../parts/record-headers.ts'
import { MESSAGE_OVERHEAD, StoredRecord } from '../parts/stored-record.ts'

/** Which records of a batch to read. */
export interface RecordsPlace {
  readonly partition: number
  readonly baseOffset: bigint
  /** Records below this offset are skipped. */
  readonly from: bigint
}

/** A base of at most 2^52 plus a delta of at most 49 bits is exact as a double. */
const EXACT_BASE = 2n ** 52n

/** Reads the decompressed records of one v2 batch, a few at a time. */
export class RecordReader implements EntryReader {
  overhead = 0
  /**
   * Kafka's consumer delivers records in offset order and skips a record whose offset does not increase. It also
   * delivers a record whose offset is beyond the batch, under the offset of another message, and then loses that
   * message.
   */
  lost: LostRecords | null = null
  readonly #cursor: RecordCursor
  readonly #header: BatchHeader
  readonly #place: RecordsPlace
  readonly #fixedTimestamp: EpochMs | null
  /**
   * The base as a double, if every offset of the batch is exact as one. BigInt arithmetic would cost three times as
   * much.
   */
  readonly #exactBase: number | null
  /** The same for timestamps. */
  readonly #exactTime: number | null
  readonly #firstDelta: number
  readonly #maxBytes: number
  #left: number
  #lastDelta = -1
  /** Delta of the first record skipped because of its offset. The next record in order ends the reading. */
  #lostDelta: number | null = null

  constructor(records: Buffer, header: BatchHeader, place: RecordsPlace, maxBytes: number) {
    this.#cursor = new RecordCursor(records)
    this.#header = header
    this.#place = place
    this.#fixedTimestamp = header.info.timestampType === 'LOG_APPEND_TIME' ? toEpochMs(header.maxTimestamp) : null
    const base = Number(place.baseOffset)
    this.#exactBase = Number.isSafeInteger(base + header.lastOffsetDelta) ? base : null
    const time = header.baseTimestamp
    this.#exactTime = time <= EXACT_BASE && time >= -EXACT_BASE ? Number(time) : null
    this.#firstDelta = Number(place.from - place.baseOffset)
    this.#maxBytes = maxBytes
    this.#left = header.recordCount
    if (header.recordCount < 0) throw malformed(`a batch of ${header.recordCount} records`)
    if (header.recordCount === 0 && records.length > 0) throw malformed('bytes after the last record')
  }

  get size(): number {
    return this.#cursor.bytes.length
  }

  read(count: number, into: StoredMessage[]): boolean {
    const until = Math.max(this.#left - count, 0)
    for (; this.#left > until; this.#left--) {
      const record = this.#readOne()
      if (record !== null) into.push(record)
      else if (this.lost !== null) return false
    }
    if (this.#left > 0) return true
    if (this.#lostDelta !== null) this.#lose(this.#lostDelta, this.#header.lastOffsetDelta + 1)
    return false
  }

  #readOne(): StoredRecord | null {
    const cursor = this.#cursor
    const length = cursor.varint()
    const end = cursor.at + length
    if (length < 0 || end > cursor.bytes.length) throw malformed(`a length of ${length}`)
    cursor.at++ // attributes: none are defined
    const timestampDelta = cursor.varlong()
    const delta = cursor.varint()
    const payloadBefore = cursor.payload
    const key = cursor.field(end)
    const value = cursor.field(end)
    const headerCount = cursor.varint()
    const headers = headerCount === 0 ? NO_HEADERS : readHeaders(cursor, headerCount, end, this.#maxBytes)
    if (cursor.at !== end) throw malformed('its fields do not match its length')
    if (this.#left === 1 && end !== cursor.bytes.length) throw malformed('bytes after the last record')
    if (delta > this.#lastDelta && delta <= this.#header.lastOffsetDelta && this.#lostDelta === null) {
      this.#lastDelta = delta
      if (delta < this.#firstDelta) return null
    } else if (!this.#isNext(delta)) return null
    this.overhead += MESSAGE_OVERHEAD + headerCount * HEADER_OVERHEAD
    const offset = this.#exactBase === null ? this.#place.baseOffset + BigInt(delta) : this.#exactBase + delta
    const isExact = this.#exactTime !== null && typeof timestampDelta === 'number'
    const timestamp =
      this.#fixedTimestamp ?? (isExact ? this.#exactTime + timestampDelta : this.#largeTimestamp(timestampDelta))
    const { partition } = this.#place
    const size = cursor.payload - payloadBefore
    return new StoredRecord(partition, toOffset(offset), timestamp, key, value, headers, size, this.#header.info)
  }

  #largeTimestamp(delta: EpochMs): EpochMs {
    // Like Java's long: a sum beyond 64 bits wraps.
    return toEpochMs(BigInt.asIntN(64, this.#header.baseTimestamp + BigInt(delta)))
  }

  /** Whether to deliver a record that is out of order or follows one. Records the lost offsets. */
  #isNext(delta: number): boolean {
    if (delta > this.#lastDelta && delta <= this.#header.lastOffsetDelta) {
      // No offset is missing if the expected record follows at once.
      if (this.#lostDelta !== null && delta > this.#lostDelta) {
        this.#lose(this.#lostDelta, delta)
        return false
      }
      this.#lostDelta = null
      this.#lastDelta = delta
      return delta >= this.#firstDelta
    }
    const place = this.#lastDelta + 1
    // Kafka's consumer is then beyond this batch and delivers nothing more of it.
    if (delta > this.#header.lastOffsetDelta) this.#lose(this.#lostDelta ?? place, this.#header.lastOffsetDelta + 1)
    else if (place >= this.#firstDelta) this.#lostDelta ??= place
    return false
  }

  #lose(fromDelta: number, toDelta: number): void {
    const { baseOffset } = this.#place
    const error = malformed('its offset is out of order')
    const first = Math.max(fromDelta, this.#firstDelta)
    this.lost = { error, at: baseOffset + BigInt(first), next: baseOffset + BigInt(toDelta) }
  }
}
