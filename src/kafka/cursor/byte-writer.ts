const LARGEST_OFFSET = 2n ** 63n - 1n
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER)

/** A growing buffer that is reused, so that a cursor for each message costs no allocation. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(512)
  #length = 0

  /** All bytes written since the last `rewind`. Only valid until the next write. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  rewind(length: number): void {
    this.#length = length
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#length++] = value
  }

  bytes(value: Buffer): void {
    this.#room(value.length)
    this.#length += value.copy(this.#bytes, this.#length)
  }

  latin1(value: string): void {
    this.#room(value.length)
    this.#length += this.#bytes.write(value, this.#length, 'latin1')
  }

  /** Seven bits a byte, lowest first; the top bit means that more bytes follow. */
  varint(value: number): void {
    this.#room(10)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  /** As `varint`, for offsets, which can exceed the range of a number. */
  bigVarint(value: bigint): void {
    if (value < 0n || value > LARGEST_OFFSET) throw new RangeError(`${value} is not a valid offset`)
    if (value <= LARGEST_NUMBER) {
      this.varint(Number(value))
      return
    }
    this.#room(10)
    let rest = value
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) + 128
      rest >>= 7n
    }
    this.#bytes[this.#length++] = Number(rest)
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe((this.#length + count) * 2)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
