import type { Cursor } from '../../kafka/cursor.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import type { MessageStream, StreamEvent } from '../../kafka/message-streams.ts'
import { translated } from '../failures.ts'
import { nodesOf } from './message-nodes.ts'
import type { MessageNode } from './message-type.ts'

/** Ready results in a row after which the event loop gets a turn: a replay of 300,000 messages stopped it for 2.6 s without. */
const RESULTS_A_TURN = 64

const turn = (): Promise<void> => new Promise(resolve => void setImmediate(resolve))

/**
 * What a subscription yields, made of a stream's events. By hand, not `async function*`: a generator that waits for its next
 * value is deaf to `return()`, so a client that leaves a quiet topic would keep its stream for ever.
 */
abstract class EventSource<T> implements AsyncIterableIterator<T> {
  readonly #stream: MessageStream
  readonly #beforeEvent: () => void
  readonly #onPulled = (): void => {
    this.#pullsWaiting -= 1
  }
  #lastPull: Promise<void> = Promise.resolve()
  #pullsWaiting = 0
  #isDone = false
  #failure: KafkaError | null = null
  #sinceTurn = 0

  constructor(stream: MessageStream, beforeEvent: () => void) {
    this.#stream = stream
    this.#beforeEvent = beforeEvent
  }

  /** What is left of the events taken in so far; undefined when another event is needed. */
  protected abstract take(): T | undefined

  protected abstract takeIn(event: StreamEvent): void

  /** The cursor behind what was yielded last; null when nothing was. */
  protected abstract cursor(): Cursor | null

  next(): Promise<IteratorResult<T>> {
    const ready = this.#pullsWaiting === 0 ? this.#takeReady() : undefined
    if (ready !== undefined) return Promise.resolve({ done: false, value: ready })
    this.#pullsWaiting += 1
    const pulled = this.#lastPull.then(() => this.#pull())
    this.#lastPull = pulled.then(this.#onPulled, this.#onPulled)
    return pulled
  }

  /** Ends the stream with an error: for the waiting `next()`, else for the next one. It tells where reading can go on. */
  async throw(thrown: unknown): Promise<IteratorResult<T>> {
    this.#failure ??= thrown instanceof KafkaError ? thrown : new KafkaError('CLOSED', null, { cause: thrown })
    await this.#stream.return()
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<T>> {
    this.#isDone = true
    await this.#stream.return()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The next result when it is there already and the event loop is owed no turn. */
  #takeReady(): T | undefined {
    if (this.#isDone || this.#failure !== null || this.#sinceTurn >= RESULTS_A_TURN) return undefined
    const value = this.take()
    if (value === undefined) return undefined
    this.#sinceTurn += 1
    this.#beforeEvent()
    return value
  }

  async #pull(): Promise<IteratorResult<T>> {
    if (this.#sinceTurn >= RESULTS_A_TURN) await turn()
    this.#sinceTurn = 0
    while (!this.#isDone) {
      const value = this.#takeReady()
      if (value !== undefined) return { done: false, value }
      if (this.#failure === null) await this.#readOn()
      if (this.#failure !== null) this.#failWith(this.#failure)
    }
    return { done: true, value: undefined }
  }

  #failWith({ code, message, cause }: KafkaError): never {
    this.#isDone = true
    throw translated(new KafkaError(code, message, { cause, details: { cursor: this.cursor() } }))
  }

  async #readOn(): Promise<void> {
    try {
      const { done, value } = await this.#stream.next()
      if (done) this.#isDone = true
      else this.takeIn(value)
    } catch (thrown) {
      this.#isDone = true
      throw translated(thrown)
    }
  }
}

/** One message an event; events that are not messages are passed over. */
export class SingleMessages extends EventSource<MessageNode> {
  #nodes: readonly MessageNode[] = []
  #index = 0
  #last: MessageNode | undefined

  protected take(): MessageNode | undefined {
    const node = this.#nodes[this.#index]
    if (node === undefined) return undefined
    this.#index += 1
    this.#last = node
    return node
  }

  protected cursor(): Cursor | null {
    return this.#last?.batch.cursorAt(this.#last.index) ?? null
  }

  protected takeIn(event: StreamEvent): void {
    if (event.kind !== 'batch') return
    this.#nodes = nodesOf(event)
    this.#index = 0
  }
}

/** Every event as it comes. */
export class StreamEvents extends EventSource<StreamEvent> {
  #event: StreamEvent | undefined
  #last: StreamEvent | undefined

  protected take(): StreamEvent | undefined {
    const event = this.#event
    this.#event = undefined
    this.#last = event ?? this.#last
    return event
  }

  protected cursor(): Cursor | null {
    return this.#last?.cursor ?? null
  }

  protected takeIn(event: StreamEvent): void {
    this.#event = event
  }
}
