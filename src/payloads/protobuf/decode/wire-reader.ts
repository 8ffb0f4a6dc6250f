import { isUtf8 } from 'node:buffer'
import { DECODE_LIMITS, DecodeProblem, decodeWork } from '../../schema-codec.ts'
import { DELIMITED, END_GROUP, FIXED32, FIXED64, type MessageTypes, START_GROUP, VARINT } from '../types/types.ts'
import { MAX_SHORT, shortAscii } from './short-text.ts'

const TWO_32 = 4_294_967_296
const MAX_SAFE_HIGH = 0x200000

/** @throws DecodeProblem for messages that are nested too deeply */
export const checkDepth = (depth: number): void => {
  if (depth > DECODE_LIMITS.depth) throw new DecodeProblem(`nested deeper than ${DECODE_LIMITS.depth} levels`)
}

/** A part of the bytes. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Reads Protobuf's wire format, and counts what becomes of it. */
export class WireReader {
  readonly bytes: Buffer
  /** The messages that Any may hold. */
  readonly types: MessageTypes
  /** The place of the next byte. */
  at: number
  /** Roughly how many bytes the values take as JSON. */
  jsonBytes = 0
  #values = 0
  /** How many bytes were copied to read parts together. */
  #copied = 0
  /** The upper and lower 32 bits of the last 64-bit number. */
  #high = 0
  #low = 0

  constructor(bytes: Buffer, at: number, types: MessageTypes) {
    this.bytes = bytes
    this.at = at
    this.types = types
  }

  /** What was built until now, as bytes of JSON. */
  get work(): number {
    return decodeWork(this.#values, this.jsonBytes)
  }

  /** Counts a value of this many bytes. @throws DecodeProblem beyond the limits */
  count(jsonBytes: number): void {
    this.jsonBytes += jsonBytes
    if (++this.#values > DECODE_LIMITS.values) throw new DecodeProblem(`more than ${DECODE_LIMITS.values} values`)
    if (this.jsonBytes > DECODE_LIMITS.jsonBytes)
      throw new DecodeProblem(`more than ${DECODE_LIMITS.jsonBytes} bytes as JSON`)
  }

  /**
   * Reads parts that are one message together. Parts that are apart are copied, and what is read of them counts towards the
   * limits of this reader.
   *
   * @throws DecodeProblem beyond the limits
   */
  readRanges(ranges: readonly Range[], read: (reader: WireReader, end: number) => unknown): unknown {
    const [first] = ranges
    if (first !== undefined && ranges.length === 1) {
      const before = this.at
      this.at = first.start
      const value = read(this, first.end)
      this.at = before
      return value
    }
    const bytes = Buffer.concat(ranges.map(({ start, end }) => this.bytes.subarray(start, end)))
    const joined = new WireReader(bytes, 0, this.types)
    joined.#takeCounts(this)
    joined.#copied += bytes.length
    if (joined.#copied > DECODE_LIMITS.jsonBytes)
      throw new DecodeProblem(`more than ${DECODE_LIMITS.jsonBytes} bytes of messages that come in parts`)
    const value = read(joined, bytes.length)
    this.#takeCounts(joined)
    return value
  }

  /** A tag, a length or a number: the lower 32 bits, without a sign. */
  varint(): number {
    const first = this.bytes[this.at]
    if (first !== undefined && first < 128) {
      this.at++
      return first
    }
    this.#varint64()
    return this.#low
  }

  /** The range of a text, a list or a message up to its end; the reader is at its start. */
  length(end: number): number {
    const length = this.varint()
    if (length > end - this.at) throw this.truncated()
    return length
  }

  /** A whole number of 64 bits as text. */
  int64(): string {
    this.#varint64()
    return textOf(this.#high, this.#low)
  }

  uint64(): string {
    this.#varint64()
    return unsignedTextOf(this.#high, this.#low)
  }

  sint64(): string {
    this.#varint64()
    const sign = -(this.#low & 1)
    const low = (((this.#low >>> 1) | (this.#high << 31)) ^ sign) >>> 0
    return textOf(((this.#high >>> 1) ^ sign) >>> 0, low)
  }

  isTrue(): boolean {
    this.#varint64()
    return this.#low !== 0 || this.#high !== 0
  }

  fixed32(end: number): number {
    const at = this.take(4, end)
    return this.bytes.readUInt32LE(at)
  }

  sfixed64(end: number): string {
    const at = this.take(8, end)
    return textOf(this.bytes.readUInt32LE(at + 4), this.bytes.readUInt32LE(at))
  }

  fixed64(end: number): string {
    const at = this.take(8, end)
    return unsignedTextOf(this.bytes.readUInt32LE(at + 4), this.bytes.readUInt32LE(at))
  }

  /** Text of this many bytes. @throws DecodeProblem if it must be UTF-8 and is not */
  text(length: number, mustBeUtf8: boolean): string {
    const start = this.at
    this.at += length
    const short = length <= MAX_SHORT ? shortAscii(this.bytes, start, length) : undefined
    if (short !== undefined) return short
    // Without a name of the encoding Node skips looking it up.
    const text = this.bytes.toString(undefined, start, this.at)
    if (mustBeUtf8 && text.includes('\ufffd') && !isUtf8(this.bytes.subarray(start, this.at)))
      throw new DecodeProblem(`the text at byte ${start} is not UTF-8`)
    return text
  }

  /** Passes this many bytes, and returns where they start. */
  take(length: number, end: number): number {
    if (length > end - this.at) throw this.truncated()
    this.at += length
    return this.at - length
  }

  /** Passes a tag of one byte, if it is next: that of the next item of a list. */
  takeTag(tag: number, end: number): boolean {
    const isNext = this.at < end && this.bytes[this.at] === tag && tag < 128
    if (isNext) this.at++
    return isNext
  }

  /** Passes the value of an unknown field. */
  skip(tag: number, end: number): void {
    const open: number[] = []
    let next = tag
    for (;;) {
      this.#skipOne(next, end, open)
      if (open.length === 0) return
      if (this.at >= end) throw this.truncated()
      next = this.varint()
    }
  }

  truncated(): DecodeProblem {
    return new DecodeProblem(`truncated at byte ${Math.min(this.at, this.bytes.length)}`)
  }

  #takeCounts(other: WireReader): void {
    this.jsonBytes = other.jsonBytes
    this.#values = other.#values
    this.#copied = other.#copied
  }

  #skipOne(tag: number, end: number, open: number[]): void {
    switch (tag & 7) {
      case VARINT:
        this.#varint64()
        return
      case FIXED64:
        this.take(8, end)
        return
      case DELIMITED:
        this.take(this.varint(), end)
        return
      case FIXED32:
        this.take(4, end)
        return
      case START_GROUP:
        if (open.length === DECODE_LIMITS.depth)
          throw new DecodeProblem(`nested deeper than ${DECODE_LIMITS.depth} levels`)
        open.push(tag >>> 3)
        return
      case END_GROUP:
        if (open.pop() === tag >>> 3) return
        throw new DecodeProblem(`a group ends at byte ${this.at} that did not begin`)
      default:
        throw new DecodeProblem(`the wire type ${tag & 7} before byte ${this.at} does not exist`)
    }
  }

  #varint64(): void {
    const { bytes } = this
    let at = this.at
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) throw this.truncated()
      if (shift < 28) low |= (byte & 127) << shift
      else if (shift === 28) {
        low |= (byte & 127) << 28
        high = (byte & 127) >>> 4
      } else high |= (byte & 127) << (shift - 32)
      if (byte < 128) {
        this.at = at
        this.#low = low >>> 0
        this.#high = high >>> 0
        return
      }
    }
    throw new DecodeProblem(`a number at byte ${this.at} has more than 10 bytes`)
  }
}

const unsignedTextOf = (high: number, low: number): string =>
  high < MAX_SAFE_HIGH ? String(high * TWO_32 + low) : String((BigInt(high) << 32n) | BigInt(low))

/** The text of two's complement. */
const textOf = (high: number, low: number): string => {
  if (high < 0x80000000) return unsignedTextOf(high, low)
  const inverted = ~high >>> 0
  if (inverted < MAX_SAFE_HIGH) return String(-(inverted * TWO_32 + (~low >>> 0)) - 1)
  return String(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)))
}
