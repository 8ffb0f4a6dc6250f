import type { EpochMs } from '../../../kafka/epoch-ms.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** This many bytes of a varint hold 49 bits, which are exact as a double. */
const EXACT_VARINT_BYTES = 7

/** The error for an invalid record. */
export const malformed = (what: string): KafkaError => new KafkaError('CORRUPT_MESSAGE', `malformed record: ${what}`)

/**
 * Reads a record's fields in place. Every length is checked against the remaining bytes.
 * @throws KafkaError CORRUPT_MESSAGE (every method) for invalid bytes.
 */
export class RecordCursor {
  readonly bytes: Buffer
  at = 0
  /** Bytes of all fields and texts read so far, without their lengths. */
  payload = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** Signed zigzag varint of at most 32 bits. */
  varint(): number {
    const bytes = this.bytes
    let byte = bytes[this.at++]
    if (byte === undefined) throw malformed('it ends early')
    // One byte holds -64 to 63, which covers most lengths and deltas.
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1)
    let value = byte & 0x7f
    for (let shift = 7; shift < 35; shift += 7) {
      byte = bytes[this.at++]
      if (byte === undefined) throw malformed('it ends early')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1)
    }
    throw malformed('a number of more than 32 bits')
  }

  /**
   * Signed zigzag varint of at most 64 bits. Returns a number up to 49 bits, which covers ordinary time differences.
   */
  varlong(): EpochMs {
    let value = 0
    const start = this.at
    for (let scale = 1, count = 0; count < EXACT_VARINT_BYTES; scale *= 128, count++) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw malformed('it ends early')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    this.at = start
    return this.#longVarlong()
  }

  #longVarlong(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw malformed('it ends early')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        const zigzag = BigInt.asUintN(64, value)
        return (zigzag & 1n) === 0n ? zigzag >> 1n : -(zigzag >> 1n) - 1n
      }
    }
    throw malformed('a number of more than 64 bits')
  }

  /** A view of length-prefixed bytes that must end before `end`; null for length -1. */
  field(end: number): Buffer | null {
    const length = this.varint()
    const start = this.at
    if (length < 0) {
      if (length === -1) return null
      throw malformed(`a length of ${length}`)
    }
    if (length > end - start) throw malformed('a length beyond its end')
    this.at = start + length
    this.payload += length
    return this.bytes.subarray(start, this.at)
  }

  /** Length-prefixed UTF-8 text that must end before `end`. */
  text(end: number): string {
    const length = this.varint()
    const start = this.at
    if (length < 0 || length > end - start) throw malformed('a header name with an invalid length')
    this.at = start + length
    this.payload += length
    return this.bytes.toString('utf8', start, this.at)
  }
}
