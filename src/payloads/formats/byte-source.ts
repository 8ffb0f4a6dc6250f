import { isUtf8 } from 'node:buffer'
import { DecodeProblem } from '../schema-codec.ts'

/** What a decoder writes for bytes that are not UTF-8. A text that truly contains it needs a second look. */
const REPLACEMENT = '\ufffd'

/** Reads the parts of a binary format from the front. Every method throws a DecodeProblem if the bytes end too early. */
export class ByteSource {
  readonly #bytes: Buffer
  #position = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The index of the next byte. */
  get position(): number {
    return this.#position
  }

  /** The next byte, which stays. */
  peek(): number | undefined {
    return this.#bytes[this.#position]
  }

  /** Steps over `size` bytes and returns the index of the first. */
  skip(size: number): number {
    const start = this.#position
    if (size > this.#bytes.length - start) throw new DecodeProblem(`truncated at byte ${this.#bytes.length}`)
    this.#position = start + size
    return start
  }

  /** A count of items that take at least `size` bytes each. More than there are bytes for is refused at once. */
  atMostLeft(count: number, size: number): number {
    if (count * size > this.#bytes.length - this.#position)
      throw new DecodeProblem(`truncated at byte ${this.#bytes.length}: ${count} items are announced`)
    return count
  }

  /** An unsigned number of 1, 2 or 4 bytes. */
  unsigned(size: number): number {
    return this.#bytes.readUIntBE(this.skip(size), size)
  }

  unsigned64(): bigint {
    return this.#bytes.readBigUInt64BE(this.skip(8))
  }

  /** A signed number of 1, 2 or 4 bytes. */
  signed(size: number): number {
    return this.#bytes.readIntBE(this.skip(size), size)
  }

  signed64(): bigint {
    return this.#bytes.readBigInt64BE(this.skip(8))
  }

  float32(): number {
    return this.#bytes.readFloatBE(this.skip(4))
  }

  float64(): number {
    return this.#bytes.readDoubleBE(this.skip(8))
  }

  text(size: number): string {
    const start = this.skip(size)
    const text = this.#bytes.toString('utf8', start, this.#position)
    if (text.includes(REPLACEMENT) && !isUtf8(this.#bytes.subarray(start, this.#position)))
      throw new DecodeProblem(`a text that is not valid UTF-8 at byte ${start}`)
    return text
  }

  /** A view of the next bytes. */
  slice(size: number): Buffer {
    const start = this.skip(size)
    return this.#bytes.subarray(start, this.#position)
  }
}
