import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { type Look, SharedPoll } from './shared-poll.ts'
import type { WatchLimits } from './watch-limits.ts'

/** The polls of one kind, by key. Each exists while it has watchers. */
export class Polls<S extends object> {
  readonly #limits: WatchLimits
  readonly #polls = new Map<string, SharedPoll<S>>()
  readonly #isRoom: () => boolean

  /** `isRoom` returns whether another poll of any kind may start. */
  constructor(limits: WatchLimits, isRoom: () => boolean) {
    this.#limits = limits
    this.#isRoom = isRoom
  }

  get size(): number {
    return this.#polls.size
  }

  /**
   * The poll of this key. `makeLook` is called only when the poll does not exist yet. The caller must join it at once.
   * @throws KafkaError BUSY when there are too many polls.
   */
  of(key: string, makeLook: () => Look<S>): SharedPoll<S> {
    const known = this.#polls.get(key)
    if (known !== undefined) return known
    if (!this.#isRoom()) {
      const text = `This server already watches ${this.#limits.polls} different things, the most it may: watch one of those, or close other watches.`
      throw new KafkaError('BUSY', text)
    }
    const poll = new SharedPoll<S>(makeLook(), this.#limits, () => {
      if (this.#polls.get(key) === poll) this.#polls.delete(key)
    })
    this.#polls.set(key, poll)
    return poll
  }
}
