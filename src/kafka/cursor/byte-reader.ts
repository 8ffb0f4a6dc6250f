/** Why decoding stops. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes'
}

const MAX_VARINT_BYTES = 9

/** Reads what ByteWriter wrote. Rejects input that is too short, too long or not in the one canonical form. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) throw new MalformedBytes('it ends too early')
    this.#at += 1
    return value
  }

  bytes(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new MalformedBytes('it ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  /** At most 63 bits: Kafka's offsets are signed and never negative here. */
  bigVarint(): bigint {
    let value = 0n
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << BigInt(7 * index)
      if (byte > 0x7f) continue
      if (byte === 0 && index > 0) throw new MalformedBytes('a number in it has padding bytes')
      return value
    }
    throw new MalformedBytes('a number in it is too large')
  }

  /** A varint of at most `most`. */
  varint(most: number): number {
    const value = this.bigVarint()
    if (value > BigInt(most)) throw new MalformedBytes('a number in it is too large')
    return Number(value)
  }
}
