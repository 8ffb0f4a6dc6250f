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
  #sinceTurn = 0

  constructor(stream: MessageStream, beforeEvent: () => void) {
    this.#stream = stream
    this.#beforeEvent = beforeEvent
  }

  /** What is left of the events taken in so far; undefined when another event is needed. */
  protected abstract take(): T | undefined

  protected abstract takeIn(event: StreamEvent): void

  next(): Promise<IteratorResult<T>> {
    const ready = this.#pullsWaiting === 0 ? this.#takeReady() : undefined
    if (ready !== undefined) return Promise.resolve({ done: false, value: ready })
    this.#pullsWaiting += 1
    const pulled = this.#lastPull.then(() => this.#pull())
    this.#lastPull = pulled.then(this.#onPulled, this.#onPulled)
    return pulled
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
    if (this.#isDone || this.#sinceTurn >= RESULTS_A_TURN) return undefined
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
      await this.#readOn()
    }
    return { done: true, value: undefined }
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

  protected take(): MessageNode | undefined {
    const node = this.#nodes[this.#index]
    if (node !== undefined) this.#index += 1
    return node
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

  protected take(): StreamEvent | undefined {
    const event = this.#event
    this.#event = undefined
    return event
  }

  protected takeIn(event: StreamEvent): void {
    this.#event = event
  }
}
