/** How long a pass may run in one turn of the event loop, ms. */
const TURN_MS = 8
/** Items that passes may look at in one turn. Short passes share a turn, so that their requests are batched. */
const ITEMS_A_TURN = 5000

interface Waiting {
  readonly items: number
  readonly begin: () => void
}

/**
 * Gives each long pass over a list its own turn of the event loop. Passes that wait for the same response of Kafka
 * would all run in the turn in which it arrives: 99 sorts of 2,000 topics blocked the event loop for a second.
 */
export class PassQueue {
  readonly #now: () => number
  readonly #waiting: Waiting[] = []
  #items = 0
  #beganAt = 0
  #isArmed = false

  /** `now`: a clock in ms. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /**
   * Resolves when a pass over `items` items may begin: at once while the turn has budget, else first come first served.
   */
  begin(items: number): Promise<void> {
    if (this.#isArmed && (this.#waiting.length > 0 || this.#items + items > ITEMS_A_TURN)) return this.#later(items)
    if (!this.#isArmed) this.#arm()
    this.#items += items
    return Promise.resolve()
  }

  /** Resolves when the running pass may continue: at once while its turn is young. */
  goOn(): Promise<void> {
    return this.#isArmed && this.#now() - this.#beganAt <= TURN_MS ? Promise.resolve() : this.#later(0)
  }

  #later(items: number): Promise<void> {
    if (!this.#isArmed) this.#arm()
    return new Promise(begin => void this.#waiting.push({ items, begin }))
  }

  #arm(): void {
    this.#isArmed = true
    this.#beganAt = this.#now()
    this.#items = 0
    setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#isArmed = false
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#arm()
    this.#items = next.items
    next.begin()
  }
}
