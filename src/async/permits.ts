import { deferred } from './deferred.ts'

/** A queued request for a permit: called once, when the permit is granted. */
type OnPermit = () => void

/** A bounded number of permits for work that takes much memory. Requests wait in order; do not wait for one while you hold one. */
export class Permits {
  readonly #most: number
  readonly #mostWaiting: number
  #given = 0
  readonly #waiting = new Set<OnPermit>()

  constructor(most: number, mostWaiting = Number.POSITIVE_INFINITY) {
    this.#most = most
    this.#mostWaiting = mostWaiting
  }

  /** Permits that are given now. */
  get given(): number {
    return this.#given
  }

  /** Requests that wait for one. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** True when a permit was free and is now the caller's. */
  take(): boolean {
    if (this.#given >= this.#most) return false
    this.#given += 1
    return true
  }

  /** Queues a request; false when the queue is full, unless this request `always` may wait. Each needs a function of its own. */
  wait(onPermit: OnPermit, always = false): boolean {
    if (!always && this.#waiting.size >= this.#mostWaiting) return false
    this.#waiting.add(onPermit)
    return true
  }

  /** Leaves the queue. */
  leave(onPermit: OnPermit): void {
    this.#waiting.delete(onPermit)
  }

  /** Gives a permit back: the first request in the queue gets it. */
  give(): void {
    this.#given -= 1
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    this.#given += 1
    next()
  }

  /**
   * Resolves to a permit; disposing it gives it back, once. Waits however long the queue is.
   * @throws the signal's reason when it aborts before the permit is granted.
   */
  async acquire(signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted()
    if (!this.take()) await this.#granted(signal)
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (isHeld) this.give()
        isHeld = false
      },
    }
  }

  #granted(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = deferred<void>()
    const grant = (): void => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }
    const giveUp = (): void => {
      this.leave(grant)
      reject(signal.reason)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    this.wait(grant, true)
    return promise
  }
}
