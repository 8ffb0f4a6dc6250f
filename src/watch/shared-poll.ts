import { SingleFlight } from '../async/single-flight.ts'
import { asKafkaError, type KafkaError } from '../kafka/kafka-error.ts'
import type { WatchLimits } from './watch-limits.ts'

/** Asks Kafka how things stand. Answers `previous` itself when nothing has changed: then nobody is woken. */
export type Look<S extends object> = (previous: S | null) => Promise<S>

/** Who hears of a poll's snapshots. */
export interface PollMember {
  readonly intervalMs: number
  /** There is another snapshot. */
  wake(): void
  /** Kafka has refused for good. */
  fail(error: KafkaError): void
}

/** The first wait after a failure. */
const FIRST_RETRY_MS = 100

/** The key of a poll's only flight. */
const LOOK = 'look'

/**
 * One poll of Kafka for all who watch the same thing, at the shortest interval among them. Looks fall on whole multiples of
 * the interval on the clock, so those of different polls meet, and go to Kafka as one request (`batched.ts`). Nobody there:
 * no timer, no look.
 */
export class SharedPoll<S extends object> {
  readonly #look: Look<S>
  readonly #limits: WatchLimits
  readonly #onIdle: () => void
  readonly #members = new Set<PollMember>()
  /** How many members want each interval: thousands of members want a few. */
  readonly #intervals = new Map<number, number>()
  #latest: S | null = null
  #latestAt = Number.NEGATIVE_INFINITY
  /** One look at a time. */
  readonly #looks = new SingleFlight<typeof LOOK, S>(() => this.#plan())
  #lookBeganAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #failures = 0

  constructor(look: Look<S>, limits: WatchLimits, onIdle: () => void) {
    // Whatever goes wrong in a look is a rejection.
    this.#look = async previous => look(previous)
    this.#limits = limits
    this.#onIdle = onIdle
  }

  /** The newest snapshot; null before the first. */
  get latest(): S | null {
    return this.#latest
  }

  /** Takes part until disposed; the last one to leave ends the poll. */
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

  /** A snapshot of now: no older than `freshMs`. @throws KafkaError when the look that it takes fails. */
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
      // A Kafka that does not answer is asked again; watchers go on when it is back.
      if (!error.retriable) for (const { fail } of [...this.#members]) fail(error)
    }
  }
}
