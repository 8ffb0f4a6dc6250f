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
  #isProbed = false

  /** Why it does not answer; null while it does. */
  get trouble(): KafkaError | null {
    return this.#trouble
  }

  /** The registry answered, with success or with an error about the request. */
  answered(): void {
    this.#trouble = null
    this.#refusals = 0
    this.#isProbed = false
    this.#pauseMs = FIRST_PAUSE_MS
  }

  /** The registry answered that it cannot serve the request now. */
  refused(error: KafkaError): void {
    this.#refusals += 1
    if (this.#refusals >= MOST_REFUSALS) this.failed(error)
  }

  /** The registry did not answer. The pause grows with each attempt, not with each of many requests that fail together. */
  failed(error: KafkaError): void {
    if (this.#trouble === null) this.#pauseMs = FIRST_PAUSE_MS
    else if (this.#isProbed) this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS)
    if (this.#trouble === null || this.#isProbed) this.#probeAt = performance.now() + this.#pauseMs
    this.#isProbed = false
    this.#trouble = error
  }

  /** Whether it is time for the next attempt. A caller that gets `true` makes it; other callers get `false` meanwhile. */
  takeProbe(): boolean {
    if (performance.now() < this.#probeAt) return false
    this.#isProbed = true
    // The attempt ends in `answered` or `failed`. If its caller leaves before, another one follows.
    this.#probeAt = performance.now() + LONGEST_PAUSE_MS
    return true
  }

  /** The attempt ended before it made a request: the next caller makes it. */
  releaseProbe(): void {
    if (!this.#isProbed) return
    this.#isProbed = false
    this.#probeAt = performance.now()
  }
}
