import type { ExecutionCaller } from './execute/execution.ts'
import type { Caller } from './operation.ts'

/**
 * The caller of one query or mutation: its signal aborts when the client leaves, and when its answer is given up. It makes its signal when that
 * is first read: most operations never do.
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
