import type { KafkaError } from '../kafka/kafka-error.ts'
import type { Advance } from './advance.ts'
import type { PollMember, SharedPoll } from './shared-poll.ts'

/** Looks on the clock's grid come a little early or late: so much of an interval does not count. */
const SLACK = 0.1

/** How a watcher looks at a poll. */
export interface View<S extends object, E extends object> {
  readonly poll: SharedPoll<S>
  readonly intervalMs: number
  readonly advance: Advance<S, E>
  /** What is told at once, before any change; nothing by default. @throws KafkaError when it may not be watched. */
  readonly first?: (snapshot: S) => readonly E[]
  /** Which events this watcher wants; all by default. */
  readonly accepts?: (event: E) => boolean
}

/** Where one watcher stands in one poll: the snapshot seen last, and how far it has read of the events behind that. */
export class Position<E extends object> implements Disposable {
  readonly #next: () => E | number
  readonly #leave: Disposable

  private constructor(next: () => E | number, leave: Disposable) {
    this.#next = next
    this.#leave = leave
  }

  /** Begins at how things stand now. @throws KafkaError */
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

  /** The next event; or in how many ms to ask again, Infinity when a wake comes first. @throws KafkaError at the end. */
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
