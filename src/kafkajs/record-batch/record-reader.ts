import type { StoredMessage } from '../../kafka/message.ts'
import { toOffset } from '../../kafka/offset.ts'
import type { BatchHeader } from './batch-header.ts'
import { malformed, RecordCursor } from './record-cursor.ts'
import { HEADER_OVERHEAD, NO_HEADERS, readHeaders } from './record-headers.ts'
import { StoredRecord } from './stored-record.ts'

/** Which records of a batch are wanted, and where they lie. */
export interface RecordsPlace {
  readonly partition: number
  readonly baseOffset: bigint
  /** Records below this offset are passed over. */
  readonly from: bigint
}

/** What a message costs beside its bytes: the object, two Buffers and an offset (326 bytes measured on Node 20). */
const MESSAGE_OVERHEAD = 330

/** Reads the decompressed records of one batch, some at a time. */
export class RecordReader {
  /** Memory that the records read so far take beside their bytes. */
  overhead = 0
  readonly #cursor: RecordCursor
  readonly #header: BatchHeader
  readonly #place: RecordsPlace
  readonly #fixedTimestamp: number | null
  /** The base as a double where every offset of the batch is exact as one: BigInt arithmetic costs three times as much. */
  readonly #exactBase: number | null
  readonly #firstDelta: number
  readonly #maxBytes: number
  #left: number
  #lastDelta = -1

  constructor(records: Buffer, header: BatchHeader, place: RecordsPlace, maxBytes: number) {
    this.#cursor = new RecordCursor(records)
    this.#header = header
    this.#place = place
    this.#fixedTimestamp = header.info.timestampType === 'LOG_APPEND_TIME' ? header.maxTimestamp : null
    const base = Number(place.baseOffset)
    this.#exactBase = Number.isSafeInteger(base + header.lastOffsetDelta) ? base : null
    this.#firstDelta = Number(place.from - place.baseOffset)
    this.#maxBytes = maxBytes
    this.#left = header.recordCount
    if (header.recordCount < 0) throw malformed(`a batch of ${header.recordCount} records`)
  }

  /** Bytes of the decompressed records. */
  get size(): number {
    return this.#cursor.bytes.length
  }

  /**
   * Appends up to `count` records to `into`; false once the batch is read to its end.
   * @throws KafkaError CORRUPT_MESSAGE, DECODE_LIMIT
   */
  read(count: number, into: StoredMessage[]): boolean {
    const until = Math.max(this.#left - count, 0)
    for (; this.#left > until; this.#left--) {
      const record = this.#readOne()
      if (record) into.push(record)
    }
    if (this.#left === 0 && this.#cursor.at !== this.#cursor.bytes.length)
      throw malformed('bytes after the last record')
    return this.#left > 0
  }

  #readOne(): StoredRecord | null {
    const cursor = this.#cursor
    const length = cursor.varint()
    const end = cursor.at + length
    if (length < 0 || end > cursor.bytes.length) throw malformed(`a length of ${length}`)
    cursor.at++ // attributes: none are defined
    const timestampDelta = cursor.varlong()
    const delta = cursor.varint()
    if (delta <= this.#lastDelta || delta > this.#header.lastOffsetDelta) throw malformed('its offset is out of order')
    this.#lastDelta = delta
    const payloadBefore = cursor.payload
    const key = cursor.field(end)
    const value = cursor.field(end)
    const headerCount = cursor.varint()
    const headers = headerCount === 0 ? NO_HEADERS : readHeaders(cursor, headerCount, end, this.#maxBytes)
    if (cursor.at !== end) throw malformed('its fields do not fill it')
    if (delta < this.#firstDelta) return null
    this.overhead += MESSAGE_OVERHEAD + headerCount * HEADER_OVERHEAD
    const offset = this.#exactBase === null ? this.#place.baseOffset + BigInt(delta) : this.#exactBase + delta
    const timestamp = this.#fixedTimestamp ?? this.#header.baseTimestamp + timestampDelta
    const { partition } = this.#place
    const size = cursor.payload - payloadBefore
    return new StoredRecord(partition, toOffset(offset), timestamp, key, value, headers, size, this.#header.info)
  }
}
