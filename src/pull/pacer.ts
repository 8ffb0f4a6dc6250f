/**
 * How many events all streams of the process yield in one turn of the event loop at most. Streams that are always ready
 * would otherwise starve it: 2.6 s for a replay of 300,000 messages, 14 ms with a turn every 64 events.
 */
const EVENTS_PER_TURN = 64

/** Target length of a turn, ms. 64 events that are batches of 500 messages took 45 to 110 ms. */
const TURN_MS = 8

/**
 * Paces streams: after a budget of events they yield to sockets and timers. PassQueue does the same for passes over
 * lists.
 */
export class Pacer {
  readonly #now: () => number
  /** Events that this machine delivered within `TURN_MS` in recent turns. */
  #most = EVENTS_PER_TURN
  #left = EVENTS_PER_TURN
  #beganAt = 0
  #isArmed = false
  #waiting: (() => void)[] = []

  /** `now`: a clock in ms. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** True when this turn has budget for one more event. */
  spend(): boolean {
    this.#arm()
    if (this.#left === 0 || this.#now() - this.#beganAt > TURN_MS) return false
    this.#left -= 1
    return true
  }

  /** Calls back in a later turn, first come first served. */
  later(callback: () => void): void {
    this.#waiting.push(callback)
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed) return
    this.#isArmed = true
    this.#beganAt = this.#now()
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    this.#isArmed = false
    // Streams do the work for their events only after all of them were called, so only the next turn can measure its
    // length.
    const wasLong = this.#now() - this.#beganAt > TURN_MS
    this.#most = wasLong ? Math.max(1, this.#most >> 1) : Math.min(EVENTS_PER_TURN, this.#most * 2)
    this.#left = this.#most
    const served = this.#waiting.splice(0, this.#most)
    if (served.length > 0) this.#arm()
    for (const callback of served) callback()
  }
}
