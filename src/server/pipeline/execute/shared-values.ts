import { isUnseen, type Place } from './answer/place.ts'
import type { Work } from './work.ts'

type Task = () => void

/** A value that an alias shares with an earlier one. */
interface Shared {
  readonly first: Place
  readonly place: Place
  readonly complete: Task
}

/**
 * Values that aliases share. If two aliases have the same question and the same selection, the second reuses the first one's
 * completed value. If that value has errors, the second is completed separately, because its errors have their own paths.
 */
export class SharedValues {
  #waiting: Shared[] = []

  /** Lets `place` share the value of `first`; `complete` completes another. */
  add(first: Place, place: Place, complete: Task): void {
    this.#waiting.push({ first, place, complete })
  }

  /** The task that completes all of them; null if there are none. Call it when everything else is complete. */
  settling(work: Work): Task | null {
    const waiting = this.#waiting
    if (waiting.length === 0) return null
    this.#waiting = []
    return () => settle(waiting, 0, work)
  }
}

const settle = (shared: readonly Shared[], from: number, work: Work): void => {
  for (let index = from; index < shared.length; index++) {
    if (work.isPaused) {
      work.handOver(() => settle(shared, index, work))
      return
    }
    work.spend(1)
    const one = shared[index]
    if (one === undefined || isUnseen(one.place)) continue
    const { first, place, complete } = one
    if (first.hasErrors) complete()
    else place.holder[place.slot] = first.holder[first.slot]
  }
}
