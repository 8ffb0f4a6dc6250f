import { deferred } from './deferred.ts'

/** The callback of a waiting request; also its key in the queue. */
type CallBack = () => void

/** A holder that is sending its result: its client decides how long that takes. */
interface Sender {
  readonly since: number
  readonly cutOff: () => void
}

/** A request for permits. */
export interface PermitRequest {
  /** How many permits. More than exist count as all of them. Default: 1. */
  readonly units?: number
  /** Whether to wait even if `mostWaiting` requests already do. Default: false. */
  readonly always?: boolean
}

/** Bounds of permits. */
export interface PermitLimits {
  readonly most: number
  /** Default: any number of requests may wait. */
  readonly mostWaiting?: number
  /** How long a client may take to read a result that holds permits while others wait for them, ms. For holders that call `sending`. */
  readonly patienceMs?: number
}

/**
 * Permits for work that takes much memory. Few are granted at once; other requests wait in order of arrival. A holder must not
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

  /** Number of permits that are held. */
  get given(): number {
    return this.#given
  }

  /** Number of waiting requests. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Takes permits if they are free. Returns whether the caller now holds them. */
  take(units = 1): boolean {
    if (this.#waiting.size > 0 || !this.#fits(units)) return false
    this.#given += this.#bounded(units)
    return true
  }

  /** Waits for permits. False if too many requests already wait. Calls `onPermit` once, when the permits are granted. */
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

  /** Gives permits back, for the first request in the queue. */
  give(units = 1): void {
    this.#given -= this.#bounded(units)
    this.#serve()
  }

  /** The holder begins to send. `cutOff` ends its client if that takes too long while others wait. Call the returned function when it is sent. */
  sending(cutOff: () => void): () => void {
    const sender = { since: performance.now(), cutOff }
    this.#senders.add(sender)
    this.#watch()
    return () => void this.#senders.delete(sender)
  }

  /**
   * Resolves to one permit; disposing it gives it back, once. Waits for any length of the queue.
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
