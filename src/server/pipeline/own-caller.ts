import type { ExecutionCaller } from './execute/execution.ts'
import type { Caller } from './operation.ts'

/**
 * The caller of one query or mutation. Its signal aborts when the client leaves or its response is given up. The signal
 * is created on first use; most operations never use it.
 */
export class OwnCaller implements ExecutionCaller {
  readonly #client: Caller
  #controller: AbortController | null = null

  constructor(client: Caller) {
    this.#client = client
  }

  get signal(): AbortSignal {
    if (this.#controller !== null) return this.#controller.signal
    const controller = new AbortController()
    this.#controller = controller
    const { signal } = this.#client
    if (signal.aborted) controller.abort()
    else signal.addEventListener('abort', () => controller.abort(), { once: true })
    return controller.signal
  }

  abort(): void {
    this.#controller?.abort()
  }
}
