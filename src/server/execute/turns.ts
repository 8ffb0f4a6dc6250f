/** How long all operations together may work in one turn of the event loop, ms. */
const TURN_MS = 8

/**
 * The event loop's time, shared by all operations: together they work for 8 ms, then sockets and timers have their turn. What is
 * not finished goes on in a later turn, first come first served, so many operations at once share the loop fairly.
 */
export class Turns {
  readonly #now: () => number
  #beganAt = 0
  #isArmed = false
  #waiting: (() => void)[] = []
  #givenWay = 0

  /** `now` is the clock, ms. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** True when work should go on in a later turn. */
  get isOver(): boolean {
    this.#arm()
    return this.#now() - this.#beganAt > TURN_MS
  }

  /** How often work was put off to a later turn. */
  get givenWay(): number {
    return this.#givenWay
  }

  /** Calls back in a later turn. `run` must not throw. */
  later(run: () => void): void {
    this.#givenWay += 1
    this.#waiting.push(run)
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed) return
    this.#isArmed = true
    this.#beganAt = this.#now()
    setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#isArmed = false
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    this.#arm()
    let served = 0
    for (const run of waiting) {
      run()
      served += 1
      if (this.isOver) break
    }
    if (served < waiting.length) this.#waiting = [...waiting.slice(served), ...this.#waiting]
  }
}
