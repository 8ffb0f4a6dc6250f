import { SingleFlight } from '../../async/single-flight.ts'
import { asKafkaError, type KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { WatchLimits } from './watch-limits.ts'

/** Asks Kafka for the current state. Returns `previous` itself when nothing has changed, so that no watcher wakes. */
export type Look<S extends object> = (previous: S | null) => Promise<S>

/** A watcher of a poll's snapshots. */
export interface PollMember {
  readonly intervalMs: number
  /** A new snapshot exists. */
  wake(): void
  /** Kafka has refused for good. */
  fail(error: KafkaError): void
}

/** The delay after the first failure. */
const FIRST_RETRY_MS = 100

/** The key of a poll's only flight. */
const LOOK = 'look'

/**
 * One poll of Kafka for all watchers of the same thing, at the shortest interval among them. Polls run at whole
 * multiples of the interval on the clock, so polls of different things coincide and share a request (`batched.ts`).
 * Without watchers there is no timer and no request.
 */
export class SharedPoll<S extends object> {
  readonly #look: Look<S>
  readonly #limits: WatchLimits
  readonly #onIdle: () => void
  readonly #members = new Set<PollMember>()
  /** The number of members for each interval: thousands of members use only a few intervals. */
  readonly #intervals = new Map<number, number>()
  #latest: S | null = null
  #latestAt = Number.NEGATIVE_INFINITY
  /** One look at a time. */
  readonly #looks = new SingleFlight<typeof LOOK, S>(() => this.#plan())
  #lookBeganAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #failures = 0

  constructor(look: Look<S>, limits: WatchLimits, onIdle: () => void) {
    // Turns a synchronous throw into a rejection.
    this.#look = async previous => look(previous)
    this.#limits = limits
    this.#onIdle = onIdle
  }

  /** The newest snapshot; null before the first one. */
  get latest(): S | null {
    return this.#latest
  }

  /** Joins the poll until disposed. The last member to leave ends the poll. */
  join(member: PollMember): Disposable {
    this.#members.add(member)
    this.#count(member, 1)
    return {
      [Symbol.dispose]: () => {
        if (!this.#members.delete(member)) return
        this.#count(member, -1)
        if (this.#members.size === 0) this.#onIdle()
      },
    }
  }

  /** A current snapshot, no older than `freshMs`. @throws KafkaError when the poll it needs fails. */
  async current(): Promise<S> {
    const oldest = performance.now() - this.#limits.freshMs
    if (this.#latest !== null && this.#latestAt >= oldest) return this.#latest
    // The look under way may have begun too long ago.
    if (this.#lookBeganAt < oldest) await this.#looks.underWay(LOOK)?.catch(() => undefined)
    return this.#lookOnce()
  }

  #lookOnce(): Promise<S> {
    return this.#looks.run(LOOK, () => this.#take())
  }

  async #take(): Promise<S> {
    const beganAt = performance.now()
    this.#lookBeganAt = beganAt
    try {
      const snapshot = await this.#look(this.#latest)
      this.#failures = 0
      this.#latestAt = beganAt
      this.#publish(snapshot)
      return snapshot
    } catch (thrown) {
      this.#failures += 1
      throw thrown
    }
  }

  #publish(snapshot: S): void {
    if (snapshot === this.#latest) return
    this.#latest = snapshot
    for (const { wake } of [...this.#members]) wake()
  }

  #count({ intervalMs }: PollMember, change: 1 | -1): void {
    const count = (this.#intervals.get(intervalMs) ?? 0) + change
    if (count === 0) this.#intervals.delete(intervalMs)
    else this.#intervals.set(intervalMs, count)
    this.#plan()
  }

  #plan(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#members.size === 0 || this.#looks.underWay(LOOK) !== undefined) return
    this.#timer = setTimeout(() => void this.#onTime(), this.#waitMs())
  }

  #waitMs(): number {
    const intervalMs = Math.min(...this.#intervals.keys())
    const toNext = intervalMs - (performance.now() % intervalMs)
    if (this.#failures === 0) return toNext
    return Math.max(toNext, Math.min(FIRST_RETRY_MS * 2 ** this.#failures, this.#limits.retryMs))
  }

  async #onTime(): Promise<void> {
    try {
      await this.#lookOnce()
    } catch (thrown) {
      const error = asKafkaError(thrown)
      // A retriable failure is retried; watchers continue when Kafka is back.
      if (!error.retriable) for (const { fail } of [...this.#members]) fail(error)
    }
  }
}
