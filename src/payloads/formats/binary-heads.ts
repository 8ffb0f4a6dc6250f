/** What comes next in a binary format: a value that is whole, the beginning of a list or a map, or the end of one without a count. */
export type HeadKind = 'value' | 'list' | 'map' | 'end'

/** Reads a self-describing binary format head by head. */
export interface BinaryHeads {
  /** Reads the next head. @throws DecodeProblem */
  next(): HeadKind
  /** The value of the last head, a JSON value. Undefined while `isSkipping`. */
  readonly value: unknown
  /** Whether the last value is text in the format. Bytes, extensions and other things can be text in JSON. */
  readonly isText: boolean
  /** The items or entries of the last list or map; UNTIL_END if its end comes as a head. */
  readonly count: number
  /** True while values are passed over: they need not be built. */
  isSkipping: boolean
  /** The index of the next byte. */
  readonly position: number
}

/** The count of a list or map whose end comes as a head. */
export const UNTIL_END = -1
