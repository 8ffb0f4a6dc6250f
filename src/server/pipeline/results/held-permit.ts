import type { Permits } from '../../../async/permits.ts'

/** The permits of one answer or event: held, awaited or not needed. They are given back once. */
export class HeldPermit {
  readonly #permits: Permits
  readonly #units: number
  #isHeld = false
  #isOver = false
  #waiting: (() => void) | null = null
  #sent: (() => void) | null = null

  constructor(permits: Permits, units = 1) {
    this.#permits = permits
    this.#units = units
  }

  /** True if it holds its permits, or takes them now because they are free. */
  take(): boolean {
    this.#isHeld ||= !this.#isOver && this.#permits.take(this.#units)
    return this.#isHeld
  }

  /** Waits for the permits. False if too many already wait, unless this one may always wait. */
  wait(onPermit: () => void, always = false): boolean {
    const waiting = () => {
      this.#waiting = null
      this.#isHeld = true
      onPermit()
    }
    this.#waiting = waiting
    return this.#permits.wait(waiting, { units: this.#units, always })
  }

  /** The answer is being sent. `cutOff` ends a client that is too slow while others wait. */
  sending(cutOff: () => void): void {
    if (this.#isHeld) this.#sent = this.#permits.sending(cutOff)
  }

  /** The answer is sent or dropped and needs no permit any more. */
  giveBack(): void {
    this.#isOver = true
    this.#sent?.()
    this.#sent = null
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) this.#permits.leave(waiting)
    if (this.#isHeld) this.#permits.give(this.#units)
    this.#isHeld = false
  }
}
