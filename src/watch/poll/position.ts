import type { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Advance } from './advance.ts'
import type { PollMember, SharedPoll } from './shared-poll.ts'

/** Polls on the clock's grid run slightly early or late. This fraction of an interval is tolerated. */
const SLACK = 0.1

/** How a watcher reads a poll. */
export interface View<S extends object, E extends object> {
  readonly poll: SharedPoll<S>
  readonly intervalMs: number
  readonly advance: Advance<S, E>
  /** Events sent at once, before any change; none by default. @throws KafkaError when the watch is not allowed. */
  readonly first?: (snapshot: S) => readonly E[]
  /** Filters the events for this watcher; all by default. */
  readonly accepts?: (event: E) => boolean
}

/** One watcher's position in a poll: the last snapshot it has seen, and the next event to read. */
export class Position<E extends object> implements Disposable {
  readonly #next: () => E | number
  readonly #leave: Disposable

  private constructor(next: () => E | number, leave: Disposable) {
    this.#next = next
    this.#leave = leave
  }

  /** Starts at the current snapshot. @throws KafkaError */
  static async open<S extends object, E extends object>(
    view: View<S, E>,
    member: Omit<PollMember, 'intervalMs'>,
  ): Promise<Position<E>> {
    const leave = view.poll.join({ ...member, intervalMs: view.intervalMs })
    try {
      const snapshot = await view.poll.current()
      return new Position(reading(view, snapshot), leave)
    } catch (thrown) {
      leave[Symbol.dispose]()
      throw thrown
    }
  }

  /**
   * The next event; or the ms after which to ask again, Infinity when only a wake matters. @throws KafkaError at the
   * end.
   */
  next(): E | number {
    return this.#next()
  }

  [Symbol.dispose](): void {
    this.#leave[Symbol.dispose]()
  }
}

const reading = <S extends object, E extends object>(view: View<S, E>, start: S): (() => E | number) => {
  const { poll, intervalMs, advance, accepts } = view
  let seen = start
  let compared = start
  let events = view.first?.(start) ?? []
  let index = 0
  let end: KafkaError | null = null
  let dueAt = 0
  const take = (): E | undefined => {
    while (index < events.length) {
      const event = events[index++]
      if (event !== undefined && (accepts === undefined || accepts(event))) return event
    }
    if (end !== null) throw end
    return undefined
  }
  return () => {
    for (;;) {
      const event = take()
      if (event !== undefined) return event
      const { latest } = poll
      if (latest === null || latest === compared) return Number.POSITIVE_INFINITY
      const now = performance.now()
      if (now < dueAt) return dueAt - now
      dueAt = now + intervalMs * (1 - SLACK)
      compared = latest
      const changes = advance(seen, latest)
      seen = changes.seen
      events = changes.events
      end = changes.end
      index = 0
    }
  }
}
