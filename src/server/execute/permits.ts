/** What a queue does for one that waits: calls it back, or forgets it. */
type CallBack = () => void

/**
 * Permits for what takes much memory: few are given at once, the rest wait in order of arrival. Nobody may wait for a second
 * permit while holding one.
 */
export class Permits {
  readonly #most: number
  readonly #mostWaiting: number
  #given = 0
  readonly #waiting = new Set<CallBack>()

  constructor(most: number, mostWaiting: number) {
    this.#most = most
    this.#mostWaiting = mostWaiting
  }

  /** Permits that are given now. */
  get given(): number {
    return this.#given
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** True when a permit was free and is now the caller's. */
  take(): boolean {
    if (this.#given >= this.#most) return false
    this.#given += 1
    return true
  }

  /** Waits for a permit; false when too many wait already, unless it `always` may. `onPermit` is called once, with the permit given. */
  wait(onPermit: CallBack, always = false): boolean {
    if (!always && this.#waiting.size >= this.#mostWaiting) return false
    this.#waiting.add(onPermit)
    return true
  }

  /** Leaves the queue. */
  leave(onPermit: CallBack): void {
    this.#waiting.delete(onPermit)
  }

  /** Gives a permit back: the first in the queue has it. */
  give(): void {
    this.#given -= 1
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    this.#given += 1
    next()
  }
}
