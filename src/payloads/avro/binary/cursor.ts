import { DECODE_LIMITS, DecodeProblem, decodeWork } from '../../schema-codec.ts'

/** Texts up to this length are cut out of one text of the whole payload: three times as fast as a call of Node for each. */
const SHORT = 64
/** Of a longer payload only this much becomes one text, because V8 keeps it as long as one text that was cut out of it. */
const MAX_TEXT = 8192
const NOTHING = Buffer.alloc(0)

/**
 * Reads the bytes of one payload, and counts what is built of it. There is one cursor for all codecs, because reading is
 * synchronous and a cursor of its own would have to be passed to every read.
 */
class Cursor {
  #bytes: Buffer = NOTHING
  #at = 0
  #values = 0
  #depth = 0
  #jsonBytes = 0
  /** The bytes from #textStart as Latin-1, where each character is one byte. */
  #text = ''
  #textStart = 0
  #isWhole = false

  /** Starts at a byte. `isWhole`: everything is going to be read, not only one field. */
  begin(bytes: Buffer, start: number, isWhole: boolean): void {
    this.#bytes = bytes
    this.#at = start
    this.#values = DECODE_LIMITS.values
    this.#depth = DECODE_LIMITS.depth
    this.#jsonBytes = DECODE_LIMITS.jsonBytes
    this.#text = ''
    this.#isWhole = isWhole
  }

  /** The end of a payload. Returns about how many bytes its value takes as JSON. */
  end(): number {
    const left = this.#bytes.length - this.#at
    if (left > 0) this.fail(left === 1 ? 'a byte is left over' : `${left} bytes are left over`)
    return DECODE_LIMITS.jsonBytes - this.#jsonBytes
  }

  /** What was built and passed until now, as bytes of JSON. */
  get work(): number {
    return decodeWork(DECODE_LIMITS.values - this.#values, DECODE_LIMITS.jsonBytes - this.#jsonBytes)
  }

  /** Lets go of the payload. */
  release(): void {
    this.#bytes = NOTHING
    this.#text = ''
  }

  /** The byte that is read next. */
  get position(): number {
    return this.#at
  }

  /** Goes back to a byte that was read before. */
  rewind(position: number): void {
    this.#at = position
  }

  fail(problem: string): never {
    throw new DecodeProblem(`${problem} at byte ${this.#at}`, this.work)
  }

  #truncated(): never {
    this.#at = this.#bytes.length
    return this.fail('truncated')
  }

  /** Counts values, and bytes of JSON, before they are built. */
  count(values: number, jsonBytes: number): void {
    if (values > this.#values) this.fail(`more than ${DECODE_LIMITS.values} values`)
    if (jsonBytes > this.#jsonBytes) this.fail(`more than ${DECODE_LIMITS.jsonBytes} bytes as JSON`)
    this.#values -= values
    this.#jsonBytes -= jsonBytes
  }

  /** The start of a record, an array or a map. */
  enter(): void {
    if (--this.#depth < 0) this.fail(`nested deeper than ${DECODE_LIMITS.depth} levels`)
  }

  /** Its end. */
  leave(): void {
    this.#depth++
  }

  /** Passes bytes, and returns where they start. */
  take(count: number): number {
    const start = this.#at
    if (count > this.#bytes.length - start) this.#truncated()
    this.#at = start + count
    return start
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? this.#truncated()
  }

  float(): number {
    return this.#bytes.readFloatLE(this.take(4))
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.take(8))
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.take(4))
  }

  /** A number of up to 64 bits; a bigint beyond 2^53 - 1. */
  integer(): number | bigint {
    const first = this.byte()
    if (first < 0x80) return (first >>> 1) ^ -(first & 1)
    return this.#longer(first & 0x7f)
  }

  #longer(start: number): number | bigint {
    let low = start
    for (let shift = 7; shift < 28; shift += 7) {
      const byte = this.byte()
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) return (low >>> 1) ^ -(low & 1)
    }
    let middle = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      middle |= (byte & 0x7f) << shift
      if (byte < 0x80) return fromZigzag(low, middle, 0)
    }
    const ninth = this.byte()
    if (ninth < 0x80) return fromZigzag(low, middle, ninth)
    const tenth = this.byte()
    if (tenth > 1) this.fail('a number of more than 64 bits')
    return fromZigzag(low, middle, (ninth & 0x7f) | (tenth << 7))
  }

  /** Passes a number of any size. */
  skipVarint(): void {
    for (let left = 10; left > 0; left--) if (this.byte() < 0x80) return
    this.fail('a number of more than 64 bits')
  }

  int(): number {
    const value = this.integer()
    if (typeof value === 'number' && value === (value | 0)) return value
    return this.fail('an int of more than 32 bits')
  }

  /** The number of bytes of a text, bytes or a block. */
  size(): number {
    const size = this.integer()
    if (typeof size === 'bigint' || size < 0) return this.fail('an impossible length')
    return size
  }

  /** An index below `count`. */
  index(count: number, what: string): number {
    const index = this.integer()
    if (typeof index === 'number' && index >= 0 && index < count) return index
    return this.fail(`unknown ${what} ${index}`)
  }

  /** Passes the length of bytes and the bytes themselves, and returns them without a copy. */
  slice(size: number): Buffer {
    const start = this.take(size)
    return this.#bytes.subarray(start, start + size)
  }

  base64(size: number): string {
    const start = this.take(size)
    this.count(0, Math.ceil(size / 3) * 4)
    return this.#bytes.toString('base64', start, start + size)
  }

  string(): string {
    const size = this.size()
    const start = this.take(size)
    this.count(0, size)
    const end = start + size
    if (size > SHORT || !this.#isWhole || !this.#isAscii(start, end)) return this.#bytes.toString('utf8', start, end)
    const textEnd = this.#textStart + this.#text.length
    if (start < this.#textStart || end > textEnd) return this.#cut(start, end)
    return this.#text.substring(start - this.#textStart, end - this.#textStart)
  }

  /** The same, from the next part of the payload. */
  #cut(start: number, end: number): string {
    this.#textStart = start
    this.#text = this.#bytes.toString('latin1', start, Math.min(start + MAX_TEXT, this.#bytes.length))
    return this.#text.substring(0, end - start)
  }

  #isAscii(start: number, end: number): boolean {
    const bytes = this.#bytes
    let bits = 0
    let at = start
    for (; at + 3 < end; at += 4)
      bits |= (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) | (bytes[at + 2] ?? 0) | (bytes[at + 3] ?? 0)
    for (; at < end; at++) bits |= bytes[at] ?? 0
    return bits < 0x80
  }

  /** The number of items in the next block of an array or a map, each of which takes so many bytes as JSON; 0 after the last. */
  block(jsonBytes: number): number {
    const count = this.signedBlock()
    if (count < 0) this.size()
    const items = Math.abs(count)
    this.count(0, items * jsonBytes)
    return items
  }

  /** The same, but negative if the size of the block in bytes follows. */
  signedBlock(): number {
    const count = this.integer()
    if (typeof count === 'bigint') return this.fail(`more than ${DECODE_LIMITS.values} values`)
    this.count(Math.abs(count), 0)
    return count
  }
}

/** A zigzag number from its lowest 28 bits, the next 28 and the highest 8. */
const fromZigzag = (low: number, middle: number, high: number): number | bigint => {
  const low32 = low | (middle << 28)
  const high32 = (middle >>> 4) | (high << 24)
  const sign = -(low32 & 1)
  const lowHalf = (((low32 >>> 1) | (high32 << 31)) ^ sign) >>> 0
  const highHalf = (high32 >>> 1) ^ sign
  const value = highHalf * 4_294_967_296 + lowHalf
  return Number.isSafeInteger(value) ? value : (BigInt(highHalf) << 32n) | BigInt(lowHalf)
}

/** The cursor of the payload that is being read. */
export const cursor: Cursor = new Cursor()
