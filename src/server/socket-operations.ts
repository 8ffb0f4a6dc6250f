import type { Caller } from './operation.ts'

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

/** One operation on a WebSocket, and what ends it. */
class SocketOperation implements Caller {
  readonly id: string
  /** What began it: ids may be used again. */
  readonly message: object
  /** Its results, while it streams. */
  stream: AsyncIterator<unknown> | null = null
  next: SocketOperation | null
  #controller: AbortController | null = null
  #isOver = false

  constructor(id: string, message: object, next: SocketOperation | null) {
    this.id = id
    this.message = message
    this.next = next
  }

  /** Made when somebody asks for it, and let go once a stream stands, which has its own end: it costs 0.8 KB. */
  get signal(): AbortSignal {
    if (this.#isOver) return AbortSignal.abort()
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  streams(results: AsyncIterator<unknown>): void {
    this.stream = results
    this.#controller = null
  }

  abort(): void {
    this.#isOver = true
    this.#controller?.abort()
  }
}

/** The operations that run on one WebSocket. A list of links: most sockets have one, and a Map for it costs 184 bytes. */
export class SocketOperations {
  #first: SocketOperation | null = null
  #size = 0

  get size(): number {
    return this.#size
  }

  /** `message` is what began it. */
  begin(id: string, message: object): Caller {
    this.#first = new SocketOperation(id, message, this.#first)
    this.#size += 1
    return this.#first
  }

  /** The operation has become a stream of results. */
  streams(message: object, results: AsyncIterator<unknown>): void {
    for (const operation of this.#all()) if (operation.message === message) operation.streams(results)
  }

  /** True when it was a stream. */
  end(message: object): boolean {
    const ended = this.#unlink(message)
    ended?.abort()
    return ended !== null && ended.stream !== null
  }

  /** Ends all streams with an error. */
  failStreams(error: unknown): void {
    for (const { stream } of this.#all()) stream?.throw?.(error).catch(() => undefined)
  }

  /** Reads what a client sent for the one thing that graphql-ws does not tell: that an operation still opening is given up. */
  watch(frame: string): void {
    const completed = completedId(frame)
    if (completed === undefined) return
    for (const operation of this.#all()) if (operation.id === completed) operation.abort()
  }

  abortAll(): void {
    for (const operation of this.#all()) operation.abort()
  }

  *#all(): Generator<SocketOperation> {
    for (let operation = this.#first; operation !== null; operation = operation.next) yield operation
  }

  #unlink(message: object): SocketOperation | null {
    let before: SocketOperation | null = null
    for (const operation of this.#all()) {
      if (operation.message !== message) {
        before = operation
        continue
      }
      if (before === null) this.#first = operation.next
      else before.next = operation.next
      this.#size -= 1
      return operation
    }
    return null
  }
}
