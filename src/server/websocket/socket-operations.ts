import type { Caller } from '../pipeline/operation.ts'

/** A `complete` message is no longer than this unless its id is unusually long. */
const LONGEST_COMPLETE = 256

const idOf = (frame: string, type: 'complete' | 'subscribe'): string | null => {
  try {
    const message: unknown = JSON.parse(frame)
    if (typeof message !== 'object' || message === null || !('id' in message && 'type' in message)) return null
    return message.type === type && typeof message.id === 'string' ? message.id : null
  } catch {
    return null
  }
}

const completedId = (frame: string): string | null =>
  frame.length > LONGEST_COMPLETE || !frame.includes('"complete"') ? null : idOf(frame, 'complete')

/** One operation on a WebSocket, and what ends it. */
class SocketOperation implements Caller {
  readonly id: string
  /** The message that started it. Identifies it, since ids may be reused. */
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

  /** Created on first use and released once a stream exists, which has its own end. A signal costs 0.8 KB. */
  get signal(): AbortSignal {
    if (this.#isOver) return AbortSignal.abort()
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  streams(results: AsyncIterator<unknown>): void {
    this.stream = results
    this.#controller = null
  }

  /** True when its client has cancelled it. */
  get isGivenUp(): boolean {
    return this.#isOver
  }

  abort(): void {
    this.#isOver = true
    this.#controller?.abort()
  }
}

/**
 * The operations that run on one WebSocket. A linked list: most sockets have one operation, and a Map for it costs 184
 * bytes.
 */
export class SocketOperations {
  #first: SocketOperation | null = null
  #size = 0
  #givenUp = 0
  /** Operations that reuse the id of a cancelled operation and wait until that one has ended. */
  #waiting: Map<string, (begins: boolean) => void> | null = null

  get size(): number {
    return this.#size
  }

  /** `message` is the one that started it. */
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
    if (ended?.isGivenUp) this.#isOver(ended.id)
    ended?.abort()
    return ended !== null && ended.stream !== null
  }

  /** Ends all streams with an error. */
  failStreams(error: unknown): void {
    for (const { stream } of this.#all()) stream?.throw?.(error).catch(() => undefined)
  }

  /**
   * Reads a client's frame for what graphql-ws does not report: the cancellation of an operation that is still opening.
   * Returns the id when the frame reuses it before the earlier operation has ended, else null. graphql-ws tracks
   * operations by id and would confuse the ends of the two.
   */
  watch(frame: string): string | null {
    const completed = completedId(frame)
    if (completed !== null) this.#giveUp(completed)
    if (this.#givenUp === 0 && !this.#waiting?.size) return null
    const begun = idOf(frame, 'subscribe')
    return begun !== null && (this.isAwaited(begun) || this.#hasGivenUp(begun)) ? begun : null
  }

  /** True while an operation waits to start under this id. */
  isAwaited(id: string): boolean {
    return this.#waiting?.has(id) ?? false
  }

  /**
   * Resolves once the cancelled operation of this id has ended; to false when the waiting operation is cancelled too.
   */
  untilOver(id: string): Promise<boolean> {
    this.#waiting ??= new Map()
    const waiting = this.#waiting
    return new Promise(resolve => waiting.set(id, resolve))
  }

  abortAll(): void {
    for (const id of this.#waiting?.keys() ?? []) this.#settle(id, false)
    for (const operation of this.#all()) operation.abort()
  }

  #giveUp(id: string): void {
    if (this.#settle(id, false)) return
    for (const operation of this.#all()) {
      if (operation.id !== id || operation.isGivenUp) continue
      this.#givenUp += 1
      operation.abort()
    }
  }

  #hasGivenUp(id: string): boolean {
    for (const operation of this.#all()) if (operation.id === id && operation.isGivenUp) return true
    return false
  }

  #isOver(id: string): void {
    this.#givenUp -= 1
    // graphql-ws forgets the id a few microtasks after it has reported the operation complete.
    if (this.isAwaited(id)) setImmediate(() => this.#settle(id, true))
  }

  #settle(id: string, begins: boolean): boolean {
    const settle = this.#waiting?.get(id)
    this.#waiting?.delete(id)
    settle?.(begins)
    return settle !== undefined
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
