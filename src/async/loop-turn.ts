/** How long work of one kind may hold the event loop in one turn, ms. A batch of 500 messages takes 1 to 2 ms. */
export const TURN_MS = 8

/**
 * Ready events handed on in a row before the event loop gets a turn. A replay of 300,000 messages held it for 2.6 s without a
 * turn, and for 14 ms with a turn every 64 events.
 */
export const EVENTS_A_TURN = 64

/** Resolves in the next turn of the event loop. */
export const nextTurn = (): Promise<void> => new Promise(resolve => void setImmediate(resolve))

/** The current turn of the event loop: how long it has lasted, and a call when it is over. Pacing and fairness build on it. */
export class LoopTurn {
  readonly #onOver: () => void
  readonly #now: () => number
  #beganAt = 0
  #isMeasured = false

  /** `onOver` must not throw; `now` is the clock, ms. */
  constructor(onOver: () => void, now = () => performance.now()) {
    this.#onOver = onOver
    this.#now = now
  }

  /** True between `measure` and the end of the turn. */
  get isMeasured(): boolean {
    return this.#isMeasured
  }

  /** True when the measured turn has lasted longer than `TURN_MS`. */
  get isLong(): boolean {
    return this.#now() - this.#beganAt > TURN_MS
  }

  /** Measures this turn from now on, unless it is measured already. */
  measure(): void {
    if (this.#isMeasured) return
    this.#isMeasured = true
    this.#beganAt = this.#now()
    setImmediate(this.#end)
  }

  readonly #end = (): void => {
    this.#isMeasured = false
    this.#onOver()
  }
}
