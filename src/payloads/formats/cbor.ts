import { DECODE_LIMITS, DecodeProblem } from '../schema-codec.ts'
import { type BinaryHeads, type HeadKind, UNTIL_END } from './binary-heads.ts'
import { type BuiltValue, buildValue } from './build-value.ts'
import { ByteSource } from './byte-source.ts'
import { decimalText, epochText, magnitude, taggedUuid } from './cbor-tags.ts'
import { exactFloat, exactInteger, type Format } from './format.ts'

/** The major types, the first three bits of a head. */
const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6 } as const
/** The argument of a head: the number itself, or how many bytes it takes. */
const [ONE_BYTE, EIGHT_BYTES, INDEFINITE] = [24, 27, 31]
/** Tags whose content becomes another value. The content of all others is shown as it is. */
const TAG = { epoch: 1, positiveBig: 2, negativeBig: 3, decimal: 4, uuid: 37 } as const
/** Tags around one value. A self-described document has one. */
const MOST_TAGS = 16
const SIMPLE = new Map<number, unknown>([
  [20, false],
  [21, true],
  [22, null],
  [23, null],
])
const [HALF, SINGLE, DOUBLE] = [25, 26, 27]

/** A half-precision number: 5 bits of exponent, 10 of fraction. */
const halfFloat = (bits: number): number => {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff]
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25)
  const special = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN
  return (bits >> 15 === 1 ? -1 : 1) * (exponent === 0x1f ? special : size)
}

const exact = (value: number | bigint): number | string => (typeof value === 'number' ? value : String(value))

/** A negative number is written as -1 - n. */
const negative = (n: number | bigint): number | string =>
  n < Number.MAX_SAFE_INTEGER ? -1 - Number(n) : String(-1n - BigInt(n))

class CborHeads implements BinaryHeads {
  readonly #source: ByteSource
  #parts = 0
  value: unknown
  isText = false
  count = 0
  isSkipping = false

  constructor(bytes: Buffer) {
    this.#source = new ByteSource(bytes)
  }

  get position(): number {
    return this.#source.position
  }

  next(): HeadKind {
    for (let tags = 0; ; tags++) {
      const [major, argument] = this.#head()
      if (major !== MAJOR.tag) return this.#read(major, argument)
      if (tags === MOST_TAGS) throw new DecodeProblem(`more than ${MOST_TAGS} tags around a value`)
      const converted = this.#tagged(this.#argument(argument))
      if (converted !== undefined) return this.#is(converted)
    }
  }

  #head(): readonly [major: number, argument: number] {
    const byte = this.#source.unsigned(1)
    return [byte >> 5, byte & 0x1f]
  }

  #is(value: unknown, isText = false): 'value' {
    this.value = value
    this.isText = isText
    return 'value'
  }

  /** The number of a head. Beyond 2^53 it is a bigint. */
  #argument(argument: number): number | bigint {
    if (argument < ONE_BYTE) return argument
    if (argument > EIGHT_BYTES) throw new DecodeProblem(`byte ${this.position - 1} is a head that CBOR does not use`)
    if (argument < EIGHT_BYTES) return this.#source.unsigned(2 ** (argument - ONE_BYTE))
    const value = this.#source.unsigned64()
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
  }

  #size(argument: number): number {
    const size = this.#argument(argument)
    if (typeof size === 'number') return size
    throw new DecodeProblem(`truncated: ${size} bytes or items are announced`)
  }

  #read(major: number, argument: number): HeadKind {
    switch (major) {
      case MAJOR.unsigned:
        return this.#is(exact(this.#argument(argument)))
      case MAJOR.negative:
        return this.#is(negative(this.#argument(argument)))
      case MAJOR.bytes: {
        const bytes = this.#bytes(argument, !this.isSkipping)
        return this.#is(this.isSkipping ? undefined : bytes.toString('base64'))
      }
      case MAJOR.text:
        return this.#is(this.#text(argument), true)
      case MAJOR.list:
      case MAJOR.map:
        return this.#holds(major === MAJOR.map ? 'map' : 'list', argument)
      default:
        return this.#simple(argument)
    }
  }

  #holds(kind: 'list' | 'map', argument: number): HeadKind {
    this.count =
      argument === INDEFINITE ? UNTIL_END : this.#source.atMostLeft(this.#size(argument), kind === 'map' ? 2 : 1)
    return kind
  }

  #simple(argument: number): HeadKind {
    if (argument === INDEFINITE) return 'end'
    if (argument === HALF) return this.#is(exactFloat(halfFloat(this.#source.unsigned(2))))
    if (argument === SINGLE) return this.#is(exactFloat(this.#source.float32()))
    if (argument === DOUBLE) return this.#is(exactFloat(this.#source.float64()))
    const number = Number(this.#argument(argument))
    return this.#is(SIMPLE.has(number) ? SIMPLE.get(number) : `simple(${number})`)
  }

  #text(argument: number): string | undefined {
    if (argument === INDEFINITE)
      return this.#chunks(MAJOR.text, !this.isSkipping, size => this.#source.text(size)).join('')
    const size = this.#size(argument)
    if (!this.isSkipping) return this.#source.text(size)
    this.#source.skip(size)
    return undefined
  }

  #bytes(argument: number, isKept = true): Buffer {
    if (argument === INDEFINITE)
      return Buffer.concat(this.#chunks(MAJOR.bytes, isKept, size => this.#source.slice(size)))
    return this.#source.slice(this.#size(argument))
  }

  /** The parts of a text or of bytes without a length; none if they are not kept. They count like values: an empty one takes a byte. */
  #chunks<Part>(of: number, isKept: boolean, read: (size: number) => Part): readonly Part[] {
    const chunks: Part[] = []
    for (;;) {
      const [major, argument] = this.#head()
      if (major === 7 && argument === INDEFINITE) return chunks
      if (major !== of) throw new DecodeProblem(`a part of another type at byte ${this.position - 1}`)
      this.#parts += 1
      if (this.#parts > DECODE_LIMITS.values) throw new DecodeProblem(`more than ${DECODE_LIMITS.values} parts`)
      const size = this.#size(argument)
      if (!isKept) this.#source.skip(size)
      else if (size > 0) chunks.push(read(size))
    }
  }

  /** The value of a tag that changes its content; undefined for a tag whose content is the value. */
  #tagged(tag: number | bigint): unknown {
    switch (tag) {
      case TAG.positiveBig:
        return exactInteger(this.#bigNumber(1n))
      case TAG.negativeBig:
        return exactInteger(this.#bigNumber(-1n))
      case TAG.decimal:
        return this.#decimal()
      case TAG.epoch:
        return epochText(this.#number())
      case TAG.uuid:
        return taggedUuid(this.#content(MAJOR.bytes, 'UUID'))
      default:
        return undefined
    }
  }

  #content(major: number, what: string): Buffer {
    const [found, argument] = this.#head()
    if (found !== major) throw new DecodeProblem(`a ${what} that is no bytes at byte ${this.position - 1}`)
    return this.#bytes(argument)
  }

  /** A big number: bytes of its magnitude; a negative one is -1 - magnitude. */
  #bigNumber(sign: 1n | -1n): bigint {
    const size = magnitude(this.#content(MAJOR.bytes, 'big number'))
    return sign === 1n ? size : -1n - size
  }

  /** The number in a tag: plain, or a big number. Other tags are refused, so that tags do not nest for ever. */
  #number(): number | string {
    const [major, argument] = this.#head()
    const tag = major === MAJOR.tag ? this.#argument(argument) : null
    if (tag === TAG.positiveBig || tag === TAG.negativeBig)
      return exactInteger(this.#bigNumber(tag === TAG.positiveBig ? 1n : -1n))
    const kind = tag === null ? this.#read(major, argument) : 'end'
    if (kind === 'value' && (typeof this.value === 'number' || typeof this.value === 'string')) return this.value
    throw new DecodeProblem(`a tag around no number before byte ${this.position}`)
  }

  /** A list of exponent and mantissa. */
  #decimal(): string {
    const [major, argument] = this.#head()
    if (major !== MAJOR.list || argument !== 2)
      throw new DecodeProblem(`a decimal that is no pair before byte ${this.position}`)
    const exponent = Number(this.#number())
    return decimalText(String(this.#number()), exponent)
  }
}

/** Reads CBOR, with what recognition wants to know about it. @throws DecodeProblem */
export const buildCbor = (bytes: Buffer, path?: Parameters<Format>[1]): BuiltValue =>
  buildValue(new CborHeads(bytes), bytes, path)

/** CBOR. Byte strings are base64, big numbers text of digits, decimals and times text; the content of other tags is shown. */
export const readCbor: Format = (bytes, path) => buildCbor(bytes, path)
