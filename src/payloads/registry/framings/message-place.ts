/** What names the Protobuf message of a value, and where the value begins. */
export interface MessagePlace {
  /** Its place in the file: indexes from the outside in. Null if `messageName` names it. */
  readonly messageIndexes: readonly number[] | null
  /** Its name, where Apicurio's clients write it. */
  readonly messageName: string | null
  readonly start: number
}

/** Messages are not nested deeper than this. Protobuf's own compiler allows 32. */
const MOST_INDEXES = 64
const FIRST: readonly number[] = [0]
/** The tag of the only field of Apicurio's `Ref { string name = 1; }`. */
const REF_NAME_TAG = 0x0a
const NAME = /^\.?[A-Za-z_][\w.]*$/

class IndexReader {
  at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** A zigzag number of at most five bytes; null if the bytes end or the number is longer. */
  next(): number | null {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.at]
      if (byte === undefined) return null
      this.at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    return null
  }
}

/** Apicurio's clients write the name of the message with its length, in place of indexes. */
const nameAt = (bytes: Buffer, at: number): MessagePlace | null => {
  const length = bytes[at] ?? 0
  const end = at + 1 + length
  const isRef = length > 2 && length < 0x80 && bytes[at + 1] === REF_NAME_TAG && bytes[at + 2] === length - 2
  if (!isRef || end > bytes.length) return null
  const name = bytes.toString('latin1', at + 3, end)
  return NAME.test(name) ? { messageIndexes: null, messageName: name.replace(/^\./, ''), start: end } : null
}

/**
 * Reads what names the Protobuf message, at `at`: the count of indexes and the indexes, as zigzag numbers, where a single 0
 * stands for the first message; or Apicurio's name. Null if the bytes are neither.
 */
export const readMessagePlace = (bytes: Buffer, at: number): MessagePlace | null => {
  const named = nameAt(bytes, at)
  if (named !== null) return named
  const reader = new IndexReader(bytes, at)
  const count = reader.next()
  if (count === null || count < 0 || count > MOST_INDEXES) return null
  if (count === 0) return { messageIndexes: FIRST, messageName: null, start: reader.at }
  const indexes: number[] = []
  for (let read = 0; read < count; read++) {
    const index = reader.next()
    if (index === null || index < 0) return null
    indexes.push(index)
  }
  return { messageIndexes: indexes, messageName: null, start: reader.at }
}
