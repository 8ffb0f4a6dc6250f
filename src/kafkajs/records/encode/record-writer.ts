import type { BatchMessage } from '../parts/batch-message.ts'
import { recordBodySize } from './record-size.ts'

/** Writes records into a buffer of the right size. */
export class RecordWriter {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Appends one record. */
  record(message: BatchMessage, offsetDelta: number, timestampDelta: number): void {
    this.#varint(recordBodySize(message, offsetDelta, timestampDelta))
    this.#bytes[this.#at++] = 0 // attributes: none are defined
    this.#varint(timestampDelta)
    this.#varint(offsetDelta)
    this.#field(message.key)
    this.#field(message.value)
    this.#varint(message.headers.length)
    for (const { key, value } of message.headers) {
      this.#varint(Buffer.byteLength(key))
      this.#at += this.#bytes.write(key, this.#at)
      this.#field(value)
    }
  }

  /** Zigzag varint, exact for whole numbers up to ±2^52, so bit operations are used only for the lowest 7 bits. */
  #varint(value: number): void {
    let rest = value < 0 ? -2 * value - 1 : 2 * value
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) this.#bytes[this.#at++] = (rest % 128) | 0x80
    this.#bytes[this.#at++] = rest
  }

  #field(field: Buffer | null): void {
    this.#varint(field === null ? -1 : field.length)
    if (field !== null) this.#at += field.copy(this.#bytes, this.#at)
  }
}
