import type { AnswerLimits } from './answer-bounds.ts'

/** Memory that an object of an answer takes besides its bytes. */
const OBJECT_MEMORY = 64
/** Memory of each of its values. */
const VALUE_MEMORY = 8
/** Memory that an answer may take while it is made, in times of its bytes. */
const MEMORY_FACTOR = 2

/**
 * What an answer amounts to so far. The bytes are those that its JSON has at least, so that what passes the limit here passes it;
 * escapes and what aliases share are counted when it is written.
 */
export class AnswerSize {
  readonly #limits: AnswerLimits
  #bytes = 0
  #memory = 0
  #mark: number
  #isLarge = false

  constructor(limits: AnswerLimits) {
    this.#limits = limits
    this.#mark = Math.min(limits.largeBytes, limits.maxBytes)
  }

  /** True when it needs a permit to go on. */
  get isLarge(): boolean {
    return this.#isLarge
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#limits.maxBytes || this.#memory > this.#limits.maxBytes * MEMORY_FACTOR
  }

  /** Counts bytes; true when a mark is passed, and the answer has become large or too large. */
  take(bytes: number): boolean {
    this.#bytes += bytes
    return this.#bytes > this.#mark && this.#passMark()
  }

  /** Counts an object with so many values. */
  takeObject(bytes: number, values: number): boolean {
    this.#memory += OBJECT_MEMORY + values * VALUE_MEMORY
    return this.take(bytes) || this.#memory > this.#limits.maxBytes * MEMORY_FACTOR
  }

  #passMark(): boolean {
    this.#mark = this.#limits.maxBytes
    this.#isLarge = true
    return true
  }
}
