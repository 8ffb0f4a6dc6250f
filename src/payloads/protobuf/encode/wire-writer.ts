import type { MessageTypes } from '../types/types.ts'

const TWO_32 = 4_294_967_296n

/** Where a message is written to, and the messages that Any may hold. */
export interface Writing {
  readonly writer: WireWriter
  readonly types: MessageTypes
}

/** Writes Protobuf's wire format. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(256)
  #at = 0

  /** What was written. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  /** A number of up to 32 bits, without a sign. */
  varint(value: number): void {
    this.#reserve(5)
    let rest = value >>> 0
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  /** A number of 64 bits; a negative one as two's complement. */
  varint64(value: bigint): void {
    this.#reserve(10)
    const unsigned = BigInt.asUintN(64, value)
    let low = Number(unsigned % TWO_32)
    let high = Number(unsigned / TWO_32)
    while (high > 0 || low > 127) {
      this.#bytes[this.#at++] = (low & 127) | 128
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.#bytes[this.#at++] = low
  }

  fixed32(value: number): void {
    this.#reserve(4)
    this.#at = this.#bytes.writeUInt32LE(value >>> 0, this.#at)
  }

  fixed64(value: bigint): void {
    this.#reserve(8)
    this.#at = this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.#at)
  }

  float(value: number): void {
    this.#reserve(4)
    this.#at = this.#bytes.writeFloatLE(value, this.#at)
  }

  double(value: number): void {
    this.#reserve(8)
    this.#at = this.#bytes.writeDoubleLE(value, this.#at)
  }

  text(text: string): void {
    const length = Buffer.byteLength(text)
    this.varint(length)
    this.#reserve(length)
    this.#at += this.#bytes.write(text, this.#at)
  }

  bytes(bytes: Buffer): void {
    this.varint(bytes.length)
    this.#reserve(bytes.length)
    this.#at += bytes.copy(this.#bytes, this.#at)
  }

  /** Begins a part whose length comes before it. */
  begin(): number {
    this.#reserve(1)
    return this.#at++
  }

  /** Ends the part, and moves it if its length takes more than one byte. */
  end(start: number): void {
    const length = this.#at - start - 1
    const more = length < 128 ? 0 : Math.ceil((32 - Math.clz32(length)) / 7) - 1
    if (more > 0) {
      this.#reserve(more)
      this.#bytes.copyWithin(start + 1 + more, start + 1, this.#at)
    }
    const end = this.#at + more
    this.#at = start
    this.varint(length)
    this.#at = end
  }

  #reserve(length: number): void {
    const needed = this.#at + length
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
