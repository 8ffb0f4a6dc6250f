import { checkText } from '../../kafka/text.ts'

/**
 * Encodes a string as UTF-8, after the last check of every text sent to Kafka. A broker closes the connection, with all
 * requests in flight, on a text that is too long. A text that UTF-8 cannot encode would silently become another name.
 * @throws KafkaError INVALID_REQUEST
 */
const utf8 = (value: string): Buffer => {
  checkText('a text of this request', value)
  return Buffer.from(value)
}

/** Writes the primitive types of Kafka's protocol, big-endian, into a growing buffer. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(256)
  #length = 0

  #reserve(bytes: number): number {
    const at = this.#length
    this.#length += bytes
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2))
      this.#buffer.copy(grown, 0, 0, at)
      this.#buffer = grown
    }
    return at
  }

  int8(value: number): this {
    const at = this.#reserve(1)
    this.#buffer.writeInt8(value, at)
    return this
  }

  int16(value: number): this {
    const at = this.#reserve(2)
    this.#buffer.writeInt16BE(value, at)
    return this
  }

  int32(value: number): this {
    const at = this.#reserve(4)
    this.#buffer.writeInt32BE(value, at)
    return this
  }

  int64(value: bigint): this {
    const at = this.#reserve(8)
    this.#buffer.writeBigInt64BE(value, at)
    return this
  }

  float64(value: number): this {
    const at = this.#reserve(8)
    this.#buffer.writeDoubleBE(value, at)
    return this
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0)
  }

  /** Unsigned varint, the length prefix of compact types. */
  uvarint(value: number): this {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.#byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    return this.#byte(rest)
  }

  #byte(value: number): this {
    const at = this.#reserve(1)
    this.#buffer[at] = value
    return this
  }

  /** Raw bytes without a length. */
  raw(bytes: Buffer): this {
    const at = this.#reserve(bytes.length)
    bytes.copy(this.#buffer, at)
    return this
  }

  /** 16-bit length, then UTF-8; null is length -1. */
  string(value: string | null): this {
    if (value === null) return this.int16(-1)
    const bytes = utf8(value)
    return this.int16(bytes.length).raw(bytes)
  }

  /** Unsigned varint of length + 1, then UTF-8; null is 0. */
  compactString(value: string | null): this {
    if (value === null) return this.uvarint(0)
    const bytes = utf8(value)
    return this.uvarint(bytes.length + 1).raw(bytes)
  }

  /** 32-bit length, then the bytes. */
  bytes(value: Buffer): this {
    return this.int32(value.length).raw(value)
  }

  /** Unsigned varint of length + 1, then the bytes. */
  compactBytes(value: Buffer): this {
    return this.uvarint(value.length + 1).raw(value)
  }

  /** 16 bytes of a UUID in its 8-4-4-4-12 form. */
  uuid(value: string): this {
    return this.raw(Buffer.from(value.replaceAll('-', ''), 'hex'))
  }

  array<T>(items: readonly T[] | null, write: (item: T) => void): this {
    this.int32(items === null ? -1 : items.length)
    items?.forEach(write)
    return this
  }

  compactArray<T>(items: readonly T[] | null, write: (item: T) => void): this {
    this.uvarint(items === null ? 0 : items.length + 1)
    items?.forEach(write)
    return this
  }

  /** No tagged fields: the end of every structure in flexible versions. */
  noTags(): this {
    return this.uvarint(0)
  }

  /** All bytes written so far. */
  toBuffer(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }
}
