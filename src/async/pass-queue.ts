import { LoopTurn } from './loop-turn.ts'

/** Items that all passes of one turn may visit. Short lists share a turn, so their requests to Kafka are batched. */
const ITEMS_A_TURN = 5000

interface Waiting {
  readonly items: number
  readonly begin: () => void
}

/**
 * Gives each long pass over a list a turn of the event loop. Without it, passes that wait for the same response from Kafka
 * all run in the turn in which it arrives: 99 sorts of 2,000 topics stopped the event loop for a second.
 */
export class PassQueue {
  readonly #turn: LoopTurn
  readonly #waiting: Waiting[] = []
  #items = 0

  /** `now` is the clock, ms. */
  constructor(now?: () => number) {
    this.#turn = new LoopTurn(() => this.#beginNext(), now)
  }

  /** Resolves when a pass over this many items may begin: at once if the turn has room for it, otherwise in order of arrival. */
  begin(items: number): Promise<void> {
    const isFull = this.#waiting.length > 0 || this.#items + items > ITEMS_A_TURN
    if (this.#turn.isMeasured && isFull) return this.#later(items)
    this.#measure()
    this.#items += items
    return Promise.resolve()
  }

  /** Resolves when a running pass may continue: at once unless its turn is already long. */
  goOn(): Promise<void> {
    return this.#turn.isMeasured && !this.#turn.isLong ? Promise.resolve() : this.#later(0)
  }

  #later(items: number): Promise<void> {
    this.#measure()
    return new Promise(begin => void this.#waiting.push({ items, begin }))
  }

  #measure(): void {
    if (this.#turn.isMeasured) return
    this.#turn.measure()
    this.#items = 0
  }

  #beginNext(): void {
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#measure()
    this.#items = next.items
    next.begin()
  }
}
