import { KafkaError } from '../../kafka/errors/kafka-error.ts'

/**
 * Reads the primitive types of Kafka's protocol. Every length is checked against the remaining bytes.
 * @throws KafkaError CORRUPT_MESSAGE (every method) if the response ends early or contains an invalid length.
 */
export class ByteReader {
  readonly #buffer: Buffer
  #at = 0
  #throttleMs = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  /** Unread bytes. */
  get remaining(): number {
    return this.#buffer.length - this.#at
  }

  /** How long the broker will not read from the connection, in ms; 0 until that field was read. */
  get throttleMs(): number {
    return this.#throttleMs
  }

  /** Reads the throttle time, which every response contains. */
  throttleTime(): void {
    this.#throttleMs = Math.max(this.int32(), 0)
  }

  #take(bytes: number): number {
    if (bytes < 0 || bytes > this.remaining) {
      throw new KafkaError(
        'CORRUPT_MESSAGE',
        `the broker's response ends early: ${bytes} bytes expected, ${this.remaining} left`,
      )
    }
    const at = this.#at
    this.#at += bytes
    return at
  }

  int8(): number {
    return this.#buffer.readInt8(this.#take(1))
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#take(2))
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#take(4))
  }

  int64(): bigint {
    return this.#buffer.readBigInt64BE(this.#take(8))
  }

  float64(): number {
    return this.#buffer.readDoubleBE(this.#take(8))
  }

  boolean(): boolean {
    return this.int8() !== 0
  }

  uvarint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#buffer.readUInt8(this.#take(1))
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new KafkaError('CORRUPT_MESSAGE', "the broker's response contains a number of more than 32 bits")
  }

  /** A view of the next `length` bytes. */
  raw(length: number): Buffer {
    const at = this.#take(length)
    return this.#buffer.subarray(at, at + length)
  }

  string(): string | null {
    const length = this.int16()
    return length < 0 ? null : this.raw(length).toString()
  }

  compactString(): string | null {
    const length = this.uvarint()
    return length === 0 ? null : this.raw(length - 1).toString()
  }

  /** 32-bit length, then a view of the bytes; null for length -1. */
  bytes(): Buffer | null {
    const length = this.int32()
    return length < 0 ? null : this.raw(length)
  }

  /** A UUID in its 8-4-4-4-12 form. */
  uuid(): string {
    const hex = this.raw(16).toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  #items<T>(count: number, read: () => T): T[] {
    // Every item needs at least one byte. A larger count means damaged data and must not cause an allocation.
    if (count > this.remaining) this.#take(count)
    const items: T[] = []
    for (let i = 0; i < count; i++) items.push(read())
    return items
  }

  /** A null array (-1) reads as empty. */
  array<T>(read: () => T): T[] {
    return this.#items(Math.max(this.int32(), 0), read)
  }

  /** A null array (0) reads as empty. */
  compactArray<T>(read: () => T): T[] {
    return this.#items(Math.max(this.uvarint() - 1, 0), read)
  }

  /** Skips the tagged fields at the end of a structure in flexible versions. */
  skipTags(): void {
    for (let left = this.uvarint(); left > 0; left--) {
      this.uvarint()
      this.raw(this.uvarint())
    }
  }
}
