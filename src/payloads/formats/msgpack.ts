import { DecodeProblem } from '../schema-codec.ts'
import type { BinaryHeads, HeadKind } from './binary-heads.ts'
import { type BuiltValue, buildValue } from './build-value.ts'
import { ByteSource } from './byte-source.ts'
import { exactFloat, exactInteger, type Format } from './format.ts'
import { extensionValue } from './msgpack-extension.ts'

/** The ranges that begin with a byte of their own: small numbers, and short maps, lists and texts with their length in it. */
const [MAP, LIST, TEXT, NIL, NEGATIVE] = [0x80, 0x90, 0xa0, 0xc0, 0xe0]
/** `size`: the bytes of the length, of the number, or of the data. */
type Head = readonly [
  kind: 'binary' | 'extension' | 'fixed' | 'text' | 'list' | 'map' | 'unsigned' | 'signed' | 'float' | 'word',
  size: number,
]

/** The heads 0xc0 to 0xdf in their order. The second is never used. */
const HEADS: readonly (Head | null)[] = [
  ['word', 0],
  null,
  ['word', 1],
  ['word', 2],
  ['binary', 1],
  ['binary', 2],
  ['binary', 4],
  ['extension', 1],
  ['extension', 2],
  ['extension', 4],
  ['float', 4],
  ['float', 8],
  ['unsigned', 1],
  ['unsigned', 2],
  ['unsigned', 4],
  ['unsigned', 8],
  ['signed', 1],
  ['signed', 2],
  ['signed', 4],
  ['signed', 8],
  ['fixed', 1],
  ['fixed', 2],
  ['fixed', 4],
  ['fixed', 8],
  ['fixed', 16],
  ['text', 1],
  ['text', 2],
  ['text', 4],
  ['list', 2],
  ['list', 4],
  ['map', 2],
  ['map', 4],
]
const WORDS = [null, false, true]

class MsgpackHeads implements BinaryHeads {
  readonly #source: ByteSource
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
    const byte = this.#source.unsigned(1)
    if (byte < MAP) return this.#is(byte)
    if (byte >= NEGATIVE) return this.#is(byte - 256)
    if (byte < LIST) return this.#holds('map', byte - MAP)
    if (byte < TEXT) return this.#holds('list', byte - LIST)
    if (byte < NIL) return this.#text(byte - TEXT)
    const head = HEADS[byte - NIL] ?? null
    if (head === null) throw new DecodeProblem(`byte ${this.position - 1} is 0xc1, which MessagePack does not use`)
    return this.#read(head)
  }

  #is(value: unknown, isText = false): 'value' {
    this.value = value
    this.isText = isText
    return 'value'
  }

  #holds(kind: 'list' | 'map', count: number): HeadKind {
    this.count = this.#source.atMostLeft(count, kind === 'map' ? 2 : 1)
    return kind
  }

  #text(size: number): 'value' {
    if (!this.isSkipping) return this.#is(this.#source.text(size), true)
    this.#source.skip(size)
    return this.#is(undefined)
  }

  #read([kind, size]: Head): HeadKind {
    const source = this.#source
    switch (kind) {
      case 'word':
        return this.#is(WORDS[size])
      case 'unsigned':
        return this.#is(size === 8 ? exactInteger(source.unsigned64()) : source.unsigned(size))
      case 'signed':
        return this.#is(size === 8 ? exactInteger(source.signed64()) : source.signed(size))
      case 'float':
        return this.#is(exactFloat(size === 8 ? source.float64() : source.float32()))
      case 'text':
        return this.#text(source.unsigned(size))
      case 'binary': {
        const bytes = source.slice(source.unsigned(size))
        return this.#is(this.isSkipping ? undefined : bytes.toString('base64'))
      }
      case 'fixed':
        return this.#extension(size)
      case 'extension':
        return this.#extension(source.unsigned(size))
      default:
        return this.#holds(kind, source.unsigned(size))
    }
  }

  #extension(size: number): 'value' {
    const type = this.#source.signed(1)
    const data = this.#source.slice(size)
    return this.#is(this.isSkipping ? undefined : extensionValue(type, data))
  }
}

/** Reads MessagePack, with what recognition wants to know about it. @throws DecodeProblem */
export const buildMsgpack = (bytes: Buffer, path?: Parameters<Format>[1]): BuiltValue =>
  buildValue(new MsgpackHeads(bytes), bytes, path)

/** MessagePack. Binary data is base64, timestamps are ISO 8601, other extensions an object with their number and data. */
export const readMsgpack: Format = (bytes, path) => buildMsgpack(bytes, path)
