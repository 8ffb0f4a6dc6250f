import type { AnswerLimits } from './answer-bounds.ts'

/** Memory of an object of an answer, besides its bytes. */
const OBJECT_MEMORY = 64
/** Memory of each of its values. */
const VALUE_MEMORY = 8
/** The most memory of an answer while it is made, as a multiple of its byte limit. */
const MEMORY_FACTOR = 2

/**
 * The size of an answer so far. Counts the fewest bytes that its JSON can have, so an answer beyond the limit here is certainly too
 * large. The writer counts the rest exactly: escapes and the values that aliases share.
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

  /** True when it needs a permit to continue. */
  get isLarge(): boolean {
    return this.#isLarge
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#limits.maxBytes || this.#memory > this.#limits.maxBytes * MEMORY_FACTOR
  }

  /** Counts bytes. True when the answer becomes large or too large. */
  take(bytes: number): boolean {
    this.#bytes += bytes
    return this.#bytes > this.#mark && this.#passMark()
  }

  /** Counts an object with this many values. */
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
