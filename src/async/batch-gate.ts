const settled = Promise.resolve()

/**
 * Decides when the loaders of one operation send their requests to Kafka. An operation that runs in slices loads a
 * little in each slice. The gate is closed between slices, so that one request covers all of them.
 */
export class BatchGate {
  #isClosed = false
  #waiting: (() => void)[] = []

  /**
   * Calls `ask` once all settled promises have been followed and the gate is open. For a DataLoader's
   * `batchScheduleFn`.
   */
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
