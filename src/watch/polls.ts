import { type Look, SharedPoll } from './shared-poll.ts'
import type { WatchLimits } from './watch-limits.ts'

/** The polls of one kind, by what they look at: each is there while somebody watches. */
export class Polls<S extends object> {
  readonly #limits: WatchLimits
  readonly #polls = new Map<string, SharedPoll<S>>()

  constructor(limits: WatchLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#polls.size
  }

  /** The poll of this key; `makeLook` is asked when nobody watches it yet. Whoever gets it joins it at once. */
  of(key: string, makeLook: () => Look<S>): SharedPoll<S> {
    const known = this.#polls.get(key)
    if (known !== undefined) return known
    const poll = new SharedPoll<S>(makeLook(), this.#limits, () => {
      if (this.#polls.get(key) === poll) this.#polls.delete(key)
    })
    this.#polls.set(key, poll)
    return poll
  }
}
