import { isUtf8 } from 'node:buffer'
import type { JsonBytes } from '../../../graphql/core/json-bytes.ts'
import { isWrittenAtOnce } from '../results/plain-json.ts'
import type { LaterPart } from './later-part.ts'
import { BEYOND_END, MEMORY_BYTES, MOST_AT_ONCE, RESULTS, type Renderer } from './renderer.ts'
import { rendererInJs } from './renderer-in-js.ts'
import { rendererInWasm } from './renderer-in-wasm.ts'
import { WrittenEvent } from './written-event.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d
const SPACE = 0x20
const ZERO = 0x30
const DELETE = 0x7f

const NULL = Buffer.from('null')
const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')

/** Up to this many bytes, a loop is faster than a call of a built-in function. */
const SHORT = 32
/** The same for a text, whose built-in functions cost more. */
const MOST_LOOPED = 128
/** A longer text is written later, in parts. */
const LONG_TEXT = 16_384
/** A control character takes six bytes in JSON: `\u0000`. */
const ESCAPE_BYTES = 6
/** A UTF-16 code unit takes at most three bytes in UTF-8. */
const UTF8_BYTES = 3
const HEX_BYTES = 2
/** A sign and the digits of 2^63. */
const LONGEST_NUMBER = 24

/** True for a character that JSON writes as the one byte that it is. */
const isPlain = (code: number): boolean => code >= SPACE && code <= DELETE && code !== QUOTE && code !== BACKSLASH

/**
 * Writes events as bytes, one after the other, in a memory of fixed size. A payload goes from its batch to the event without being
 * a string. What does not fit is copied out as a part, and large payloads are left for later, because rendering them blocks the
 * event loop.
 */
export class EventWriter implements JsonBytes {
  readonly #renderer: Renderer
  readonly #memory: Buffer
  #at = RESULTS
  #parts: (Buffer | LaterPart)[] = []

  constructor(renderer: Renderer = rendererInWasm() ?? rendererInJs()) {
    this.#renderer = renderer
    this.#memory = renderer.memory
  }

  /** Starts an event. An event that was not finished is forgotten. */
  begin(): void {
    this.#at = RESULTS
    if (this.#parts.length > 0) this.#parts = []
  }

  finish(): WrittenEvent {
    this.#copyOut()
    const parts = this.#parts
    this.#parts = []
    return new WrittenEvent(parts, this.#renderer)
  }

  /** Writes bytes that are JSON already; shorter than a page. */
  constant(bytes: Buffer): void {
    const { length } = bytes
    this.#makeRoom(length)
    if (length > SHORT) this.#memory.set(bytes, this.#at)
    else for (let index = 0; index < length; index++) this.#memory[this.#at + index] = bytes[index] ?? 0
    this.#at += length
  }

  null(): void {
    this.constant(NULL)
  }

  boolean(value: boolean): void {
    this.constant(value ? TRUE : FALSE)
  }

  integer(value: number): void {
    this.#makeRoom(LONGEST_NUMBER)
    this.#whole(value)
  }

  digits(value: bigint): void {
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
      this.string(String(value))
      return
    }
    this.#makeRoom(LONGEST_NUMBER)
    this.#byte(QUOTE)
    this.#whole(Number(value))
    this.#byte(QUOTE)
  }

  string(text: string): void {
    if (text.length > LONG_TEXT) this.#later({ form: 'json', value: text })
    else if (text.length > MOST_LOOPED || !this.#copied(text)) this.#json(JSON.stringify(text))
  }

  utf8(bytes: Buffer): void {
    const { length } = bytes
    if (length <= SHORT && this.#copiedBytes(bytes)) return
    if (length > MOST_AT_ONCE) {
      if (isUtf8(bytes)) this.#quotedLater('text', bytes)
      else this.null()
      return
    }
    this.#makeRoom(length * ESCAPE_BYTES)
    const start = this.#at
    this.#memory.set(bytes)
    const end = this.#renderer.text(length, start + 1)
    if (end > 0 || isUtf8(bytes)) this.#quoted(start, Math.abs(end))
    else this.null()
  }

  base64(bytes: Buffer): void {
    this.#encoded('base64', bytes)
  }

  hex(bytes: Buffer): void {
    this.#encoded('hex', bytes)
  }

  json(value: unknown): void {
    if (isWrittenAtOnce(value)) this.#json(JSON.stringify(value) ?? 'null')
    else this.#later({ form: 'json', value })
  }

  #encoded(form: 'hex' | 'base64', bytes: Buffer): void {
    const { length } = bytes
    if (length > MOST_AT_ONCE) {
      this.#quotedLater(form, bytes)
      return
    }
    this.#makeRoom(length * HEX_BYTES)
    this.#memory.set(bytes)
    this.#quoted(this.#at, this.#renderer[form](length, this.#at + 1))
  }

  /** Every value but the shortest ones makes room before it writes, and leaves room for a few bytes more. */
  #makeRoom(bytes: number): void {
    if (this.#at + bytes + BEYOND_END > MEMORY_BYTES) this.#copyOut()
  }

  #copyOut(): void {
    if (this.#at === RESULTS) return
    const part = Buffer.allocUnsafe(this.#at - RESULTS)
    this.#memory.copy(part, 0, RESULTS, this.#at)
    this.#parts.push(part)
    this.#at = RESULTS
  }

  #byte(byte: number): void {
    this.#memory[this.#at++] = byte
  }

  /** Puts the quotes around a rendering. */
  #quoted(start: number, end: number): void {
    this.#memory[start] = QUOTE
    this.#memory[end] = QUOTE
    this.#at = end + 1
  }

  #later(part: LaterPart): void {
    this.#copyOut()
    this.#parts.push(part)
  }

  #quotedLater(form: 'text' | 'hex' | 'base64', bytes: Buffer): void {
    this.#makeRoom(1)
    this.#byte(QUOTE)
    this.#later({ form, bytes })
    this.#byte(QUOTE)
  }

  #json(json: string): void {
    const most = json.length * UTF8_BYTES
    this.#makeRoom(most)
    if (this.#at + most <= MEMORY_BYTES) this.#at += this.#memory.write(json, this.#at)
    else this.#parts.push(Buffer.from(json))
  }

  /** Copies a short payload byte by byte. Returns false, and writes nothing, if a byte needs an escape or is not ASCII. */
  #copiedBytes(bytes: Buffer): boolean {
    this.#makeRoom(SHORT)
    const memory = this.#memory
    const start = this.#at + 1
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0
      if (!isPlain(byte)) return false
      memory[start + index] = byte
    }
    this.#quoted(this.#at, start + bytes.length)
    return true
  }

  /** The same for a short text. */
  #copied(text: string): boolean {
    this.#makeRoom(MOST_LOOPED)
    const memory = this.#memory
    const start = this.#at + 1
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (!isPlain(code)) return false
      memory[start + index] = code
    }
    this.#quoted(this.#at, start + text.length)
    return true
  }

  /** Writes the digits from the last to the first. */
  #whole(value: number): void {
    if (value < 0) this.#byte(MINUS)
    let left = Math.abs(value)
    let end = this.#at + 1
    for (let bound = 10; bound <= left; bound *= 10) end += 1
    for (let at = end - 1; at >= this.#at; at--) {
      const rest = Math.floor(left / 10)
      this.#memory[at] = ZERO + (left - rest * 10)
      left = rest
    }
    this.#at = end
  }
}
