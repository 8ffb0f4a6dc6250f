import { KafkaError } from '../kafka/kafka-error.ts'
import { type Look, SharedPoll } from './shared-poll.ts'
import type { WatchLimits } from './watch-limits.ts'

/** The polls of one kind, by what they look at: each is there while somebody watches. */
export class Polls<S extends object> {
  readonly #limits: WatchLimits
  readonly #polls = new Map<string, SharedPoll<S>>()
  readonly #isRoom: () => boolean

  /** `isRoom` tells whether there may be another poll, of whatever kind. */
  constructor(limits: WatchLimits, isRoom: () => boolean) {
    this.#limits = limits
    this.#isRoom = isRoom
  }

  get size(): number {
    return this.#polls.size
  }

  /**
   * The poll of this key; `makeLook` is asked when nobody watches it yet. Whoever gets it joins it at once.
   * @throws KafkaError BUSY when it would be one too many.
   */
  of(key: string, makeLook: () => Look<S>): SharedPoll<S> {
    const known = this.#polls.get(key)
    if (known !== undefined) return known
    if (!this.#isRoom()) {
      const text = `${this.#limits.polls} different things are watched, as many as this gateway looks at: watch what others watch.`
      throw new KafkaError('BUSY', text)
    }
    const poll = new SharedPoll<S>(makeLook(), this.#limits, () => {
      if (this.#polls.get(key) === poll) this.#polls.delete(key)
    })
    this.#polls.set(key, poll)
    return poll
  }
}
