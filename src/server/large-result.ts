import type { ExecutionResult } from 'graphql'

/** A large result that is serialised already, as the bytes of its JSON in pieces. It holds a permit until it is sent or dropped. */
export class LargeResult implements ExecutionResult {
  readonly pieces: readonly Buffer[]
  /** What is in the pieces stands there alone. */
  readonly data = null
  readonly #release: () => void
  #isTaken = false

  constructor(pieces: readonly Buffer[], release: () => void) {
    this.pieces = pieces
    this.#release = release
  }

  /** Somebody sends it, and calls `sent` when that is done. */
  take(): this {
    this.#isTaken = true
    return this
  }

  /** It is sent, or its client is gone. */
  readonly sent = (): void => this.#release()

  /** Nobody wants it; does nothing once somebody sends it. */
  drop(): void {
    if (!this.#isTaken) this.#release()
  }
}
