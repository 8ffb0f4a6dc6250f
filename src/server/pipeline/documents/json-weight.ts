/** Texts below this are parsed without a look: they cannot be heavy. */
const LOOKED_AT_BYTES = 262_144

/** True for a text that takes so long to parse that its operation should go on in another turn of the event loop. */
export const isLargeJson = (length: number): boolean => length >= LOOKED_AT_BYTES

/** The weight that every JSON text may have. Parsing one of this weight takes about 50 ms. */
const LIGHT = 1_000_000
/** Whoever raises the limit of bytes raises that of the weight: a byte of JSON weighs 0.3 on average. */
const WEIGHT_A_BYTE = 0.5
/** An object takes four times as long to parse as a number, a list or a repeated string three times. */
const OBJECT_WEIGHT = 3
const LIST_WEIGHT = 2
const REPEATED_WEIGHT = 2
/** The parser remembers short strings and names: one that it has not seen before takes much longer, and a new name longest. */
const NEW_STRING_WEIGHT = 6
const NEW_NAME_WEIGHT = 12

/** How many strings are remembered, a power of two. */
const REMEMBERED = 4096
/** Bytes of a string that tell it from others. */
const TOLD_APART_BY = 32

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const OPEN_LIST = 0x5b

/** The index of the quote that ends the string that begins at `start`. */
const endOfString = (bytes: Buffer, start: number): number => {
  let index = bytes.indexOf(QUOTE, start + 1)
  while (index > 0 && isEscaped(bytes, index)) index = bytes.indexOf(QUOTE, index + 1)
  return index < 0 ? bytes.length : index
}

const isEscaped = (bytes: Buffer, index: number): boolean => {
  let before = index - 1
  while (bytes[before] === BACKSLASH) before -= 1
  return (index - 1 - before) % 2 === 1
}

/** Notices most strings that come again, with little memory: a later string takes the place of an earlier one. */
class SeenStrings {
  readonly #marks = new Uint32Array(REMEMBERED)

  /** True if this string was seen lately. Remembers it. */
  has(bytes: Buffer, start: number, end: number): boolean {
    let mark = end - start
    const last = Math.min(end, start + TOLD_APART_BY)
    for (let index = start; index < last; index++) mark = Math.imul(mark ^ (bytes[index] ?? 0), 0x01000193)
    const place = (mark ^ (mark >>> 15)) & (REMEMBERED - 1)
    const isSeen = this.#marks[place] === mark >>> 0
    this.#marks[place] = mark
    return isSeen
  }
}

const weightOfNew = (bytes: Buffer, end: number): number =>
  bytes[end + 1] === COLON ? NEW_NAME_WEIGHT : NEW_STRING_WEIGHT

/**
 * True for a JSON text of so many values that parsing it would stop the event loop: 690,000 empty objects in 2 MB took 0.15 s.
 * A long string weighs little, whatever it holds. `maxBytes` is the limit of the text's bytes.
 */
export const isHeavyJson = (bytes: Buffer, maxBytes: number): boolean => {
  if (bytes.length < LOOKED_AT_BYTES) return false
  const most = Math.max(LIGHT, maxBytes * WEIGHT_A_BYTE)
  const seen = new SeenStrings()
  let weight = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (byte === QUOTE) {
      const end = endOfString(bytes, index)
      weight += seen.has(bytes, index + 1, end) ? REPEATED_WEIGHT : weightOfNew(bytes, end)
      index = end
    } else if (byte === COMMA) weight += 1
    else if (byte === OPEN_OBJECT) weight += OBJECT_WEIGHT
    else if (byte === OPEN_LIST) weight += LIST_WEIGHT
    if (weight > most) return true
  }
  return false
}
