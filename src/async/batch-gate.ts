const settled = Promise.resolve()

/**
 * Decides when the loaders of one operation ask Kafka. An operation that is executed in slices loads a little in each of them: while
 * it is between two slices the gate is closed, so that all of it is asked for in one request.
 */
export class BatchGate {
  #isClosed = false
  #waiting: (() => void)[] = []

  /** Asks once all promises that are settled now have been followed, and the gate is open. For a DataLoader's `batchScheduleFn`. */
  readonly schedule = (ask: () => void): void => {
    void settled.then(() => process.nextTick(this.#askWhenOpen, ask))
  }

  close(): void {
    this.#isClosed = true
  }

  open(): void {
    this.#isClosed = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const ask of waiting) this.schedule(ask)
  }

  readonly #askWhenOpen = (ask: () => void): void => {
    if (this.#isClosed) this.#waiting.push(ask)
    else ask()
  }
}
