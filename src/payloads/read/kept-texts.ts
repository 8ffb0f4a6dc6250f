import { isUtf8 } from 'node:buffer'

/** Smaller texts are made each time: a lookup would cost as much. */
const KEPT_FROM_BYTES = 2048
const KEPT_BYTES = 16_777_216

const made = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('utf8') : null)

/** Makes text of bytes, and keeps large texts for the other fields of an event until the event loop turns. */
export class KeptTexts {
  readonly #kept = new Map<Buffer, string | null>()
  #bytes = 0

  /** Null for bytes that are not valid UTF-8. */
  readonly textOf = (bytes: Buffer): string | null => {
    if (bytes.length < KEPT_FROM_BYTES) return made(bytes)
    const known = this.#kept.get(bytes)
    if (known !== undefined) return known
    const text = made(bytes)
    if (this.#bytes + bytes.length > KEPT_BYTES) return text
    if (this.#kept.size === 0) setImmediate(this.#forget)
    this.#kept.set(bytes, text)
    this.#bytes += bytes.length
    return text
  }

  readonly #forget = (): void => {
    this.#kept.clear()
    this.#bytes = 0
  }
}
