import type { JsonInPieces } from '../results/large-events.ts'
import { type LaterPart, piecesOf } from './later-part.ts'
import type { Renderer } from './renderer.ts'

/** The JSON of an event's result, as bytes. Its large parts are still to be written. */
export class WrittenEvent implements JsonInPieces {
  readonly #parts: readonly (Buffer | LaterPart)[]
  readonly #renderer: Renderer

  constructor(parts: readonly (Buffer | LaterPart)[], renderer: Renderer) {
    this.#parts = parts
    this.#renderer = renderer
  }

  /** The whole JSON. */
  get bytes(): Buffer {
    const [first] = this.#parts
    if (this.#parts.length === 1 && Buffer.isBuffer(first)) return first
    return Buffer.concat(Array.from(this.pieces(), piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
  }

  /** The JSON in pieces, each of which is made quickly. */
  *pieces(): Generator<string | Buffer> {
    for (const part of this.#parts) {
      if (Buffer.isBuffer(part)) yield part
      else yield* piecesOf(part, this.#renderer)
    }
  }
}
