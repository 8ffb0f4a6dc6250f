import { LoopTurn } from './loop-turn.ts'

/**
 * Shares the event loop's time among all operations: in each turn they work for `TURN_MS` together, then sockets and timers are
 * served. Unfinished work continues in a later turn, first come first served.
 */
export class Turns {
  readonly #turn: LoopTurn
  #waiting: (() => void)[] = []
  #givenWay = 0

  /** `now` is the clock, ms. */
  constructor(now?: () => number) {
    this.#turn = new LoopTurn(() => this.#serve(), now)
  }

  /** True when work should continue in a later turn. */
  get isOver(): boolean {
    this.#turn.measure()
    return this.#turn.isLong
  }

  /** How often work was put off to a later turn. */
  get givenWay(): number {
    return this.#givenWay
  }

  /** Calls back in a later turn. `run` must not throw. */
  later(run: () => void): void {
    this.#givenWay += 1
    this.#waiting.push(run)
    this.#turn.measure()
  }

  /** Does the work in a later turn, as a part of the time that all operations share. */
  inTurn<T>(work: () => T | PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.later(() => {
        try {
          resolve(work())
        } catch (thrown) {
          reject(thrown)
        }
      })
    })
  }

  #serve(): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    this.#turn.measure()
    let served = 0
    for (const run of waiting) {
      run()
      served += 1
      if (this.isOver) break
    }
    if (served < waiting.length) this.#waiting = [...waiting.slice(served), ...this.#waiting]
  }
}
