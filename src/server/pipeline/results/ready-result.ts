import type { ExecutionResult } from 'graphql'

/** A result serialised once for all its subscribers, as JSON. Every transport sends the same bytes, which are encoded at most once. */
export class ReadyResult implements ExecutionResult {
  #json: string | Buffer
  /** Empty: the JSON holds the data. */
  readonly data = null

  constructor(json: string | Buffer) {
    this.#json = json
  }

  /** Bytes that the JSON takes in memory, at most. */
  get heldBytes(): number {
    return typeof this.#json === 'string' ? this.#json.length * 2 : this.#json.length
  }

  get text(): string {
    return this.#json.toString()
  }

  /** The JSON as UTF-8. */
  get bytes(): Buffer {
    if (typeof this.#json === 'string') this.#json = Buffer.from(this.#json)
    return this.#json
  }
}

/** A result as JSON. */
export const serialised = (result: ExecutionResult): string =>
  result instanceof ReadyResult ? result.text : JSON.stringify(result)
