import { deferred } from './deferred.ts'

/** What a queue does for a waiter: calls it back, or forgets it. */
type CallBack = () => void

/** A holder that sends what it made: its client decides how long that takes. */
interface Sender {
  readonly since: number
  readonly cutOff: () => void
}

/** What is asked for. */
export interface PermitRequest {
  /** How many permits; no more than there are. */
  readonly units?: number
  /** Waits however many wait already. */
  readonly always?: boolean
}

/** Bounds of permits. */
export interface PermitLimits {
  readonly most: number
  /** Default: any number of requests may wait. */
  readonly mostWaiting?: number
  /** How long a client may take to read what holds permits, once others wait for them, ms. For holders that call `sending`. */
  readonly patienceMs?: number
}

/**
 * Permits for work that takes much memory. Few are given at once, the other requests wait in order of arrival. A holder must not
 * wait for a second permit. A client that reads too slowly is cut off when others wait: two clients could hold all permits for ever.
 */
export class Permits {
  readonly #most: number
  readonly #mostWaiting: number
  readonly #patienceMs: number
  readonly #waiting = new Map<CallBack, number>()
  readonly #senders = new Set<Sender>()
  #given = 0
  #timer: NodeJS.Timeout | null = null

  constructor({ most, mostWaiting = Number.POSITIVE_INFINITY, patienceMs = Number.POSITIVE_INFINITY }: PermitLimits) {
    this.#most = most
    this.#mostWaiting = mostWaiting
    this.#patienceMs = patienceMs
  }

  /** Permits that are given now. */
  get given(): number {
    return this.#given
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** True when the permits were free and are now the caller's. */
  take(units = 1): boolean {
    if (this.#waiting.size > 0 || !this.#fits(units)) return false
    this.#given += this.#bounded(units)
    return true
  }

  /** Waits for permits; false when too many wait already. `onPermit` is called once, with the permits given. */
  wait(onPermit: CallBack, { units = 1, always = false }: PermitRequest = {}): boolean {
    if (!always && this.#waiting.size >= this.#mostWaiting) return false
    this.#waiting.set(onPermit, units)
    this.#watch()
    return true
  }

  /** Leaves the queue. */
  leave(onPermit: CallBack): void {
    this.#waiting.delete(onPermit)
    this.#serve()
  }

  /** Gives permits back: the first in the queue has them. */
  give(units = 1): void {
    this.#given -= this.#bounded(units)
    this.#serve()
  }

  /** The holder begins to send. `cutOff` ends its client when that takes too long and others wait. Call the result when it is sent. */
  sending(cutOff: () => void): () => void {
    const sender = { since: performance.now(), cutOff }
    this.#senders.add(sender)
    this.#watch()
    return () => void this.#senders.delete(sender)
  }

  /**
   * Resolves to one permit; disposing it gives it back, once. Waits however long the queue is.
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
    this.wait(grant, { always: true })
    return promise
  }

  #bounded(units: number): number {
    return Math.min(units, this.#most)
  }

  #fits(units: number): boolean {
    return this.#given + this.#bounded(units) <= this.#most
  }

  #serve(): void {
    for (const [next, units] of this.#waiting) {
      if (!this.#fits(units)) return
      this.#waiting.delete(next)
      this.#given += this.#bounded(units)
      next()
    }
  }

  #watch(): void {
    const [oldest] = this.#senders
    if (this.#timer !== null || this.#waiting.size === 0 || oldest === undefined) return
    const waitMs = oldest.since + this.#patienceMs - performance.now()
    this.#timer = setTimeout(this.#look, Math.max(1, waitMs)).unref()
  }

  readonly #look = (): void => {
    this.#timer = null
    const [oldest] = this.#senders
    if (this.#waiting.size > 0 && oldest !== undefined) {
      const isOverdue = performance.now() - oldest.since >= this.#patienceMs
      if (isOverdue && this.#senders.delete(oldest)) oldest.cutOff()
    }
    this.#watch()
  }
}
