/** How long a pass may go on in one turn of the event loop, ms. */
const TURN_MS = 8

/**
 * Gives long passes over lists a turn of the event loop each. Passes that wait for the same answer of Kafka would all run in the
 * turn in which it comes: 99 sorts of 2,000 topics stopped the event loop for a second.
 */
export class PassQueue {
  readonly #now: () => number
  readonly #waiting: (() => void)[] = []
  #beganAt = 0
  #isArmed = false

  /** `now` is the clock, ms. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** Resolves when a pass may begin: at once for the first one of a turn, else first come first served, one a turn. */
  begin(): Promise<void> {
    if (this.#isArmed) return this.#later()
    this.#arm()
    return Promise.resolve()
  }

  /** Resolves when the pass that has begun may go on: at once while its turn is young. */
  goOn(): Promise<void> {
    return this.#isArmed && this.#now() - this.#beganAt <= TURN_MS ? Promise.resolve() : this.begin()
  }

  #later(): Promise<void> {
    return new Promise(resolve => void this.#waiting.push(resolve))
  }

  #arm(): void {
    this.#isArmed = true
    this.#beganAt = this.#now()
    setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#isArmed = false
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#arm()
    next()
  }
}
