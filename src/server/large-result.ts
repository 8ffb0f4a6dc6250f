import type { ExecutionResult } from 'graphql'

/** A large result, already serialised as pieces of JSON bytes. It holds a permit until it is sent or dropped. */
export class LargeResult implements ExecutionResult {
  readonly pieces: readonly Buffer[]
  /** Empty: the pieces hold the data. */
  readonly data = null
  readonly #release: () => void
  #isTaken = false

  constructor(pieces: readonly Buffer[], release: () => void) {
    this.pieces = pieces
    this.#release = release
  }

  /** A transport sends it and calls `sent` afterwards. */
  take(): this {
    this.#isTaken = true
    return this
  }

  /** The result is sent, or its client has left. */
  readonly sent = (): void => this.#release()

  /** No transport wants it. No effect once a transport has taken it. */
  drop(): void {
    if (!this.#isTaken) this.#release()
  }
}
