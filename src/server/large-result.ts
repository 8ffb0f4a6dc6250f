import type { ExecutionResult } from 'graphql'
import type { HeldPermit } from './execute/held-permit.ts'

/** A large result that is serialised already, as the bytes of its JSON in pieces. It holds permits until it is sent or dropped. */
export class LargeResult implements ExecutionResult {
  readonly pieces: readonly Buffer[]
  /** The pieces hold the data. */
  readonly data = null
  readonly #permit: HeldPermit
  #isTaken = false

  constructor(pieces: readonly Buffer[], permit: HeldPermit) {
    this.pieces = pieces
    this.#permit = permit
  }

  /** Somebody sends it, and calls `sent` when that is done. `cutOff` ends the connection of a client that reads too slowly. */
  take(cutOff: () => void): this {
    this.#isTaken = true
    this.#permit.sending(cutOff)
    return this
  }

  /** It is sent, or its client is gone. */
  readonly sent = (): void => this.#permit.giveBack()

  /** Nobody wants it; does nothing once somebody sends it. */
  drop(): void {
    if (!this.#isTaken) this.#permit.giveBack()
  }
}
