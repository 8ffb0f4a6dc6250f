import type { ExecutionResult } from 'graphql'

/** A result serialised once for all its subscribers. `text` is its JSON. */
export class ReadyResult implements ExecutionResult {
  readonly text: string
  #bytes: Buffer | null = null
  /** Empty: the text holds the data. */
  readonly data = null

  constructor(text: string) {
    this.text = text
  }

  /** Bytes that the text takes in memory, at most. */
  get heldBytes(): number {
    return this.text.length * 2
  }

  /** The text as UTF-8, encoded once. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text)
    return this.#bytes
  }
}

/** A result as JSON. */
export const serialised = (result: ExecutionResult): string =>
  result instanceof ReadyResult ? result.text : JSON.stringify(result)
