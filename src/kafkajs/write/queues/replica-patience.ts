/**
 * Limits the wait for too few in-sync replicas of a partition. It is shared by all batches, or each would start its own
 * wait.
 */
export class ReplicaPatience {
  readonly #limitMs: number
  #since: number | null = null

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Call on each refusal. True once the refusals have lasted too long. */
  isOver(): boolean {
    this.#since ??= performance.now()
    return performance.now() - this.#since >= this.#limitMs
  }

  /** Call when a batch was written or none is left. */
  reset(): void {
    this.#since = null
  }
}
