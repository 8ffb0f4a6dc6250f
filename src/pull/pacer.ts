/**
 * How many events all streams of the process yield in one turn of the event loop at most. A stream that is always ready
 * would otherwise never let it turn: 2.6 s of silence for a replay of 300,000 messages, 14 ms with a turn every 64 events.
 */
const EVENTS_PER_TURN = 64

/** What a turn should last at most, ms: 64 events that are batches of 500 messages took 45 to 110 ms. */
const TURN_MS = 8

/** Lets the event loop turn: the one place where streams give way to sockets and timers. */
export class Pacer {
  readonly #now: () => number
  /** Events that this machine brings to their subscribers within `TURN_MS`, as the last turns went. */
  #most = EVENTS_PER_TURN
  #left = EVENTS_PER_TURN
  #beganAt = 0
  #isArmed = false
  #waiting: (() => void)[] = []

  /** `now` is the clock, ms. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** True when one more event may be yielded in this turn. */
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
    // What many streams are given at once is worked off after all of them were called: only the next turn can tell how long.
    const wasLong = this.#now() - this.#beganAt > TURN_MS
    this.#most = wasLong ? Math.max(1, this.#most >> 1) : Math.min(EVENTS_PER_TURN, this.#most * 2)
    this.#left = this.#most
    const served = this.#waiting.splice(0, this.#most)
    if (served.length > 0) this.#arm()
    for (const callback of served) callback()
  }
}
