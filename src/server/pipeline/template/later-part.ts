import { jsonParts } from '../results/plain-json.ts'
import { MOST_AT_ONCE, RESULTS, type Renderer } from './renderer.ts'

/** A part of an event that is too large to be written in one go. */
export type LaterPart =
  | { readonly form: 'text' | 'hex' | 'base64'; readonly bytes: Buffer }
  | { readonly form: 'json'; readonly value: unknown }

/** The JSON of a part, in pieces. Payloads come without their quotes. Each piece is complete before the next one is asked for. */
export function* piecesOf(part: LaterPart, renderer: Renderer): Generator<string | Buffer> {
  if (part.form === 'json') {
    yield* jsonParts(part.value)
    return
  }
  const { memory } = renderer
  for (let start = 0; start < part.bytes.length; start += MOST_AT_ONCE) {
    const source = part.bytes.subarray(start, start + MOST_AT_ONCE)
    memory.set(source)
    const end = Math.abs(renderer[part.form](source.length, RESULTS))
    yield Buffer.from(memory.subarray(RESULTS, end))
  }
}
