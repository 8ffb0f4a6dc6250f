import type { Turns } from '../../../async/turns.ts'

/** Characters of one string that are escaped at once. */
const STRING_PART = 65_536
/** Bytes of a piece, roughly. */
const PIECE_LENGTH = 131_072
/** Items of a list that are written at once if all are short. */
const ITEMS_AT_ONCE = 512
/** A longer string is written in parts. */
const SHORT = 1024
/** Levels written in steps. Deeper values are written at once, because a step costs time for each level above it. */
const WALKED_DEPTH = 16

const isShortScalar = (value: unknown): boolean =>
  typeof value === 'string' ? value.length <= SHORT : typeof value !== 'object' || value === null

const isHighSurrogate = (code: number): boolean => (code & 0xfc00) === 0xd800

/** The JSON of a string, without its quotes, in parts. A part never ends within a surrogate pair. */
function* partsOf(text: string): Generator<string> {
  let start = 0
  while (start < text.length) {
    let end = Math.min(start + STRING_PART, text.length)
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1
    yield JSON.stringify(text.slice(start, end)).slice(1, -1)
    start = end
  }
}

function* stringParts(text: string): Generator<string> {
  yield '"'
  yield* partsOf(text)
  yield '"'
}

function* listParts(list: readonly unknown[], depth: number): Generator<string> {
  yield '['
  for (let start = 0; start < list.length; start += ITEMS_AT_ONCE) {
    const items = list.slice(start, start + ITEMS_AT_ONCE)
    if (start > 0) yield ','
    if (items.every(isShortScalar)) yield JSON.stringify(items).slice(1, -1)
    else {
      for (const [index, item] of items.entries()) {
        if (index > 0) yield ','
        yield* jsonParts(item, depth + 1)
      }
    }
  }
  yield ']'
}

function* objectParts(object: object, depth: number): Generator<string> {
  let isFirst = true
  yield '{'
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue
    yield `${isFirst ? '' : ','}${JSON.stringify(key)}:`
    isFirst = false
    yield* jsonParts(value, depth + 1)
  }
  yield '}'
}

/** The JSON of a value in parts: what `JSON.stringify` writes for plain objects, lists and scalars. */
export function* jsonParts(value: unknown, depth = 0): Generator<string> {
  if (typeof value === 'string' && value.length > SHORT) yield* stringParts(value)
  else if (isShortScalar(value) || depth > WALKED_DEPTH) yield JSON.stringify(value) ?? 'null'
  else if (Array.isArray(value)) yield* listParts(value, depth)
  else if (typeof value === 'object' && value !== null && !('toJSON' in value)) yield* objectParts(value, depth)
  else yield JSON.stringify(value) ?? 'null'
}

/**
 * The JSON of a value as bytes in pieces. Yields to the event loop: 4 MB of text, of which every character needs an
 * escape, take 300 ms.
 */
export const jsonPieces = (value: unknown, turns: Turns): Promise<readonly Buffer[]> =>
  new Promise((resolve, reject) => {
    const parts = jsonParts(value)
    const pieces: Buffer[] = []
    let text = ''
    const slice = (): void => {
      for (let part = parts.next(); !part.done; part = parts.next()) {
        text += part.value
        if (text.length < PIECE_LENGTH) continue
        pieces.push(Buffer.from(text))
        text = ''
        if (!turns.isOver) continue
        turns.later(run)
        return
      }
      pieces.push(Buffer.from(text))
      resolve(pieces)
    }
    const run = (): void => {
      try {
        slice()
      } catch (thrown) {
        reject(thrown)
      }
    }
    run()
  })
