/** Bytes queued for all clients of a server together. */
export class SendBudget {
  readonly #maxBytes: number
  #held = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** True while clients may queue nothing beyond what is written at once. */
  get isSpent(): boolean {
    return this.#held > this.#maxBytes
  }

  /** Bytes queued now. */
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
