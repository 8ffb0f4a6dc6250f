import type { Permits } from '../../async/permits.ts'

/** The permit of one answer: it has one, waits for one or needs none; given back once, whatever happens. */
export class HeldPermit {
  readonly #permits: Permits
  #isHeld = false
  #isOver = false
  #waiting: (() => void) | null = null

  constructor(permits: Permits) {
    this.#permits = permits
  }

  /** True when it has a permit, or has just got one that was free. */
  take(): boolean {
    this.#isHeld ||= !this.#isOver && this.#permits.take()
    return this.#isHeld
  }

  /** Waits for a permit; false when too many wait already, and it is not one that always may. */
  wait(onPermit: () => void, always = false): boolean {
    const waiting = () => {
      this.#waiting = null
      this.#isHeld = true
      onPermit()
    }
    this.#waiting = waiting
    return this.#permits.wait(waiting, always)
  }

  /** The answer is written or dropped: needs no permit any more. */
  giveBack(): void {
    this.#isOver = true
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) this.#permits.leave(waiting)
    if (this.#isHeld) this.#permits.give()
    this.#isHeld = false
  }
}
