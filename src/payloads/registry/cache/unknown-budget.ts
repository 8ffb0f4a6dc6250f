/** How many seconds of lookups may be used at once. */
const BURST_SECONDS = 20

/**
 * Limits how often the registry is asked for schemas that it does not have, or does not give. Anybody who may write to a topic can write a million
 * messages with a million ids. Lookups that succeed cost nothing.
 */
export class UnknownBudget {
  readonly #perSecond: number
  #left: number
  #at = performance.now()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#left = perSecond * BURST_SECONDS
  }

  get isEmpty(): boolean {
    const now = performance.now()
    this.#left = Math.min(this.#left + ((now - this.#at) / 1000) * this.#perSecond, this.#perSecond * BURST_SECONDS)
    this.#at = now
    return this.#left < 1
  }

  /** A lookup failed, and would fail again. */
  spend(): void {
    this.#left -= 1
  }
}
