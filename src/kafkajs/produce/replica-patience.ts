/** How long one partition's too few in-sync replicas are waited for: over all batches, or each would wait anew behind the last. */
export class ReplicaPatience {
  readonly #limitMs: number
  #since: number | null = null

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Notes another refusal; true when they have gone on for too long. */
  isOver(): boolean {
    this.#since ??= performance.now()
    return performance.now() - this.#since >= this.#limitMs
  }

  /** A batch was written, or there is none left. */
  reset(): void {
    this.#since = null
  }
}
