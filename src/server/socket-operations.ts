/** A `complete` message is this short unless its id is longer than ids are. */
const LONGEST_COMPLETE = 256

const completedId = (frame: string): unknown => {
  if (frame.length > LONGEST_COMPLETE || !frame.includes('"complete"')) return undefined
  try {
    const message: unknown = JSON.parse(frame)
    if (typeof message !== 'object' || message === null || !('id' in message && 'type' in message)) return undefined
    return message.type === 'complete' ? message.id : undefined
  } catch {
    return undefined
  }
}

/** The operations that run on one WebSocket, each with the signal that ends what it has begun. A class: closures cost 1 KB a socket. */
export class SocketOperations {
  readonly #running = new Map<object, { readonly id: string; readonly controller: AbortController }>()

  get size(): number {
    return this.#running.size
  }

  /** `message` is what began it: ids may be used again. */
  begin(id: string, message: object): AbortSignal {
    const controller = new AbortController()
    this.#running.set(message, { id, controller })
    return controller.signal
  }

  end(message: object): void {
    const operation = this.#running.get(message)
    this.#running.delete(message)
    operation?.controller.abort()
  }

  /** Reads what a client sent for the one thing that graphql-ws does not tell: that an operation still opening is given up. */
  watch(frame: string): void {
    const completed = completedId(frame)
    if (completed === undefined) return
    for (const { id, controller } of this.#running.values()) if (id === completed) controller.abort()
  }

  abortAll(): void {
    for (const { controller } of this.#running.values()) controller.abort()
  }
}
