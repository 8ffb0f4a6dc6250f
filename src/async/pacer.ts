import { EVENTS_A_TURN, LoopTurn } from './loop-turn.ts'

/** Paces streams that always have a next event: in each turn of the event loop they yield a bounded number of events together. */
export class Pacer {
  readonly #turn: LoopTurn
  /** Events that this machine brings to their subscribers within one turn, measured on the last turns. */
  #most = EVENTS_A_TURN
  #left = EVENTS_A_TURN
  #waiting: (() => void)[] = []

  /** `now` is the clock, ms. */
  constructor(now?: () => number) {
    this.#turn = new LoopTurn(() => this.#serve(), now)
  }

  /** True when one more event may be yielded in this turn. */
  spend(): boolean {
    this.#turn.measure()
    if (this.#left === 0 || this.#turn.isLong) return false
    this.#left -= 1
    return true
  }

  /** Calls back in a later turn, first come first served. */
  later(callback: () => void): void {
    this.#waiting.push(callback)
    this.#turn.measure()
  }

  #serve(): void {
    // Subscribers work on their events after all streams have yielded, so only the next turn shows how long that took:
    // 64 events that are batches of 500 messages took 45 to 110 ms.
    this.#most = this.#turn.isLong ? Math.max(1, this.#most >> 1) : Math.min(EVENTS_A_TURN, this.#most * 2)
    this.#left = this.#most
    const served = this.#waiting.splice(0, this.#most)
    if (served.length > 0) this.#turn.measure()
    for (const callback of served) callback()
  }
}
