import type { ExecutionResult } from 'graphql'
import type { HeldPermit } from './held-permit.ts'

/** A large result, already serialised as pieces of JSON bytes. It holds permits until it is sent or dropped. */
export class LargeResult implements ExecutionResult {
  readonly pieces: readonly Buffer[]
  /** Empty: the pieces hold the data. */
  readonly data = null
  readonly #permit: HeldPermit
  #isTaken = false

  constructor(pieces: readonly Buffer[], permit: HeldPermit) {
    this.pieces = pieces
    this.#permit = permit
  }

  /** A transport sends it and calls `sent` afterwards. `cutOff` ends the connection of a client that reads too slowly. */
  take(cutOff: () => void): this {
    this.#isTaken = true
    this.#permit.sending(cutOff)
    return this
  }

  /** The result is sent, or its client has left. */
  readonly sent = (): void => this.#permit.giveBack()

  /** Drops the result. No effect once a transport has taken it. */
  drop(): void {
    if (!this.#isTaken) this.#permit.giveBack()
  }
}
