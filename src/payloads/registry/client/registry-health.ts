import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** The pause before the next attempt to reach a registry that does not answer, ms: doubled each time. */
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
/** So many answers in a row that say "not now" count as no answer. One schema that the registry fails on must not hide the others. */
const MOST_REFUSALS = 5

/** Whether a registry answers at the moment. */
export class RegistryHealth {
  #trouble: KafkaError | null = null
  #refusals = 0
  #pauseMs = FIRST_PAUSE_MS
  #probeAt = 0

  /** Why it does not answer; null while it does. */
  get trouble(): KafkaError | null {
    return this.#trouble
  }

  /** It answered, whatever it said. */
  answered(): void {
    this.#trouble = null
    this.#refusals = 0
    this.#pauseMs = FIRST_PAUSE_MS
  }

  /** It answered that it cannot answer now. */
  refused(error: KafkaError): void {
    this.#refusals += 1
    if (this.#refusals >= MOST_REFUSALS) this.failed(error)
  }

  /** It did not answer. */
  failed(error: KafkaError): void {
    this.#pauseMs = this.#trouble === null ? FIRST_PAUSE_MS : Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS)
    this.#trouble = error
    this.#probeAt = performance.now() + this.#pauseMs
  }

  /** Whether it is time for the next attempt. Whoever gets `true` makes the attempt: nobody else does meanwhile. */
  takeProbe(): boolean {
    if (performance.now() < this.#probeAt) return false
    this.#probeAt = performance.now() + LONGEST_PAUSE_MS
    return true
  }
}
