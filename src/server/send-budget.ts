/** Bytes waiting for all clients of a server together. */
export class SendBudget {
  readonly #maxBytes: number
  #held = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** True while nothing more should be queued for anybody than is written at once. */
  get isSpent(): boolean {
    return this.#held > this.#maxBytes
  }

  /** Bytes waiting now. */
  get held(): number {
    return this.#held
  }

  take(bytes: number): void {
    this.#held += bytes
  }

  give(bytes: number): void {
    this.#held -= bytes
  }
}
