import { isUtf8 } from 'node:buffer'
import { parseExactJson } from './exact-json.ts'

/** Smaller payloads are rendered each time: a lookup would cost as much. */
const KEPT_FROM_BYTES = 2048
/** The most payload bytes whose renderings are cached. */
const KEPT_BYTES = 16_777_216

interface Rendered {
  bytesInJson?: number
  text?: string | null
  json?: { readonly value: unknown }
}

const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `\u0000`, and `\"`: what JSON writes for one byte. */
const CONTROL_LENGTH = 6
const ESCAPED_LENGTH = 2

const countedInJson = (bytes: Buffer): number => {
  let { length } = bytes
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte < SPACE) length += CONTROL_LENGTH - 1
    else if (byte === QUOTE || byte === BACKSLASH) length += ESCAPED_LENGTH - 1
  }
  return length
}

/** JSON text starts with one of these characters: the first byte rules out most payloads that are not JSON. */
const MAY_BEGIN_JSON = /^[\s"{[\-0-9tfn]/

const textOf = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('utf8') : null)

/**
 * Caches the text and JSON of payloads for all fields of an event. Without it, 20 aliases of `json` parsed a payload of
 * 800 KB 20 times. An event executes within one turn of the event loop; after that turn the cache is cleared.
 */
export class Renderings {
  readonly #kept = new Map<Buffer, Rendered>()
  #bytes = 0

  /** How many bytes the payload takes as a JSON string. */
  bytesInJson(bytes: Buffer): number {
    const rendered = this.#of(bytes)
    rendered.bytesInJson ??= countedInJson(bytes)
    return rendered.bytesInJson
  }

  /** The payload as text; null if it is not valid UTF-8. */
  text(bytes: Buffer): string | null {
    if (bytes.length < KEPT_FROM_BYTES) return textOf(bytes)
    const rendered = this.#of(bytes)
    if (rendered.text === undefined) rendered.text = textOf(bytes)
    return rendered.text
  }

  /** The payload as a JSON value; undefined if it is not JSON or is nested too deeply. */
  json(bytes: Buffer): unknown {
    if (bytes.length < KEPT_FROM_BYTES) return this.#parsed(bytes)
    const rendered = this.#of(bytes)
    rendered.json ??= { value: this.#parsed(bytes) }
    return rendered.json.value
  }

  #parsed(bytes: Buffer): unknown {
    const text = this.text(bytes)
    return text !== null && MAY_BEGIN_JSON.test(text) ? parseExactJson(text) : undefined
  }

  #of(bytes: Buffer): Rendered {
    const known = this.#kept.get(bytes)
    if (known !== undefined) return known
    const rendered: Rendered = {}
    if (this.#bytes + bytes.length > KEPT_BYTES) return rendered
    if (this.#kept.size === 0) setImmediate(this.#forget)
    this.#kept.set(bytes, rendered)
    this.#bytes += bytes.length
    return rendered
  }

  readonly #forget = (): void => {
    this.#kept.clear()
    this.#bytes = 0
  }
}
