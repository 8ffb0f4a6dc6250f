import type { Turns } from '../../../async/turns.ts'

/** Characters of one string that are escaped at once. */
const STRING_PART = 65_536
/** Bytes of a piece, roughly. */
const PIECE_LENGTH = 131_072
/** The weight of values that are written at once, which takes less than a millisecond. */
const WRITTEN_AT_ONCE = 2048
/** Characters of a string that weigh as much as a value. */
const CHARACTERS_A_VALUE = 16
/** Parts between two checks of the clock. */
const PARTS_A_CHECK = 8
/** A part with so many characters is followed by a check. */
const HEAVY_PART = 16_384
/** Levels written in steps. Deeper values are written at once, because a step costs time for each level above it. */
const WALKED_DEPTH = 16

/** The number of values within a value; strings count by their length. Stops counting soon after `most`. */
const weightOf = (value: unknown, most: number): number => {
  if (typeof value === 'string') return 1 + value.length / CHARACTERS_A_VALUE
  if (typeof value !== 'object' || value === null) return 1
  let weight = 1
  for (const each of Array.isArray(value) ? value : Object.values(value)) {
    weight += weightOf(each, most - weight)
    if (weight > most) break
  }
  return weight
}

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

/** The end of a run of list items that are light enough to be written at once. The run has at least one item. */
const endOfRun = (list: readonly unknown[], start: number): number => {
  let left = WRITTEN_AT_ONCE
  let end = start
  while (end < list.length) {
    left -= weightOf(list[end], left)
    if (left < 0) break
    end += 1
  }
  return Math.max(end, start + 1)
}

function* listParts(list: readonly unknown[], depth: number): Generator<string> {
  yield '['
  for (let start = 0; start < list.length; ) {
    const end = endOfRun(list, start)
    if (start > 0) yield ','
    if (end > start + 1) yield JSON.stringify(list.slice(start, end)).slice(1, -1)
    else yield* jsonParts(list[start], depth + 1)
    start = end
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

/** True for a value whose JSON is written in less than a millisecond. */
export const isWrittenAtOnce = (value: unknown): boolean => weightOf(value, WRITTEN_AT_ONCE) <= WRITTEN_AT_ONCE

/** The JSON of a value in parts: what `JSON.stringify` writes for plain objects, lists and scalars. */
export function* jsonParts(value: unknown, depth = 0): Generator<string> {
  if (depth > WALKED_DEPTH || isWrittenAtOnce(value)) yield JSON.stringify(value) ?? 'null'
  else if (typeof value === 'string') yield* stringParts(value)
  else if (Array.isArray(value)) yield* listParts(value, depth)
  else if (typeof value === 'object' && value !== null && !('toJSON' in value)) yield* objectParts(value, depth)
  else yield JSON.stringify(value) ?? 'null'
}

/**
 * JSON in parts as bytes in pieces. Yields to the event loop between parts: 4 MB of text, of which every character needs an
 * escape, take 300 ms.
 */
export const piecesInTurns = (parts: Iterator<string | Buffer>, turns: Turns): Promise<readonly Buffer[]> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let text = ''
    let sinceCheck = 0
    const add = (part: string | Buffer): void => {
      if (typeof part === 'string') text += part
      if (text.length >= PIECE_LENGTH || typeof part !== 'string') {
        if (text !== '') pieces.push(Buffer.from(text))
        text = ''
      }
      if (typeof part !== 'string') pieces.push(part)
    }
    const slice = (): void => {
      for (let part = parts.next(); !part.done; part = parts.next()) {
        add(part.value)
        sinceCheck += part.value.length < HEAVY_PART ? 1 : PARTS_A_CHECK
        if (sinceCheck < PARTS_A_CHECK) continue
        sinceCheck = 0
        if (!turns.isOver) continue
        turns.later(run)
        return
      }
      if (text !== '') pieces.push(Buffer.from(text))
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

/** The JSON of a value as bytes in pieces. */
export const jsonPieces = (value: unknown, turns: Turns): Promise<readonly Buffer[]> =>
  piecesInTurns(jsonParts(value), turns)
