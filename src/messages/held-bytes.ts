/** Bytes that were read for subscribers behind their rings and wait to be delivered, in the whole process. */
export class HeldBytes {
  readonly #most: number
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** True when nothing should be read ahead. */
  get isSpent(): boolean {
    return this.#held >= this.#most
  }

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
