/** The operations that run on one WebSocket, each with the signal that ends what it has begun. */
export interface SocketOperations {
  readonly size: number
  /** `message` is what began it: ids may be used again. */
  begin(id: string, message: object): AbortSignal
  end(message: object): void
  /** Reads what a client sent for the one thing that graphql-ws does not tell: that an operation still opening is given up. */
  watch(frame: string): void
  abortAll(): void
}

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

/** Starts without an operation. */
export const createSocketOperations = (): SocketOperations => {
  const running = new Map<object, { readonly id: string; readonly controller: AbortController }>()
  return {
    get size() {
      return running.size
    },
    begin(id, message) {
      const controller = new AbortController()
      running.set(message, { id, controller })
      return controller.signal
    },
    end(message) {
      const operation = running.get(message)
      running.delete(message)
      operation?.controller.abort()
    },
    watch(frame) {
      const completed = completedId(frame)
      if (completed === undefined) return
      for (const { id, controller } of running.values()) if (id === completed) controller.abort()
    },
    abortAll() {
      for (const { controller } of running.values()) controller.abort()
    },
  }
}
