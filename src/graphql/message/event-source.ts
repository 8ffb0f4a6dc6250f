import { EVENTS_A_TURN, nextTurn, TURN_MS } from '../../async/loop-turn.ts'
import type { Cursor } from '../../kafka/cursor/cursor.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { MessageStream, StreamEvent } from '../../kafka/ports/message-streams.ts'
import { beginEvent, type EventContext } from '../core/bounds/bounded-answers.ts'
import { translated } from '../core/errors/failures.ts'
import { nodesOf } from './message-nodes.ts'
import type { MessageNode } from './message-type.ts'

const DONE = { done: true, value: undefined } as const

type Step<T> = IteratorResult<T> | Promise<IteratorResult<T>>

/**
 * The async iterator of a subscription over a stream's events. It is not an `async function*`: a generator that waits
 * for its next value ignores `return()`, so a client that leaves a quiet topic would keep its stream open for ever. It
 * does not wait in async functions either: each costs every idle subscriber 0.5 KB.
 */
abstract class EventSource<T> implements AsyncIterableIterator<T> {
  readonly #stream: MessageStream
  readonly #context: EventContext
  /** True while the stream is being read or the event loop has its turn. Further calls wait for that. */
  #isPulling = false
  #queued = 0
  #lastPull: Promise<IteratorResult<T>> | null = null
  #isDone = false
  #failure: KafkaError | null = null
  #sinceTurn = 0
  #turnBeganAt = 0

  constructor(stream: MessageStream, context: EventContext) {
    this.#stream = stream
    this.#context = context
  }

  /** The next value of the events read so far; undefined when another event is needed. */
  protected abstract take(): T | undefined

  protected abstract takeIn(event: StreamEvent): void

  /** The cursor after the last yielded value; null if there was none. */
  protected abstract lastCursor(): Cursor | null

  /** The cursor that resumes after the last value, or from the start if there was none. Created on demand. */
  get cursor(): Cursor {
    return this.lastCursor() ?? this.#stream.cursor
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#isPulling || this.#queued > 0) return this.#afterTheLast()
    const step = this.#step()
    if (!(step instanceof Promise)) return Promise.resolve(step)
    this.#lastPull = step
    return step
  }

  /**
   * Ends the stream with an error, which goes to the waiting `next()` or to the next call. The error contains the
   * cursor to resume from.
   */
  async throw(thrown: unknown): Promise<IteratorResult<T>> {
    this.#failure ??= thrown instanceof KafkaError ? thrown : new KafkaError('CLOSED', null, { cause: thrown })
    await this.#stream.return()
    return DONE
  }

  async return(): Promise<IteratorResult<T>> {
    this.#isDone = true
    await this.#stream.return()
    return DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Concurrent calls are answered in order. */
  #afterTheLast(): Promise<IteratorResult<T>> {
    const step = (): Step<T> => {
      this.#queued -= 1
      return this.#step()
    }
    this.#queued += 1
    this.#lastPull = (this.#lastPull ?? Promise.resolve(DONE)).then(step, step)
    return this.#lastPull
  }

  #step(): Step<T> {
    if (this.#isDone) return DONE
    if (this.#failure !== null) return this.#failed(this.#failure)
    if (this.#owesTurn()) return this.#giveWay()
    const value = this.take()
    if (value === undefined) return this.#pull()
    if (this.#sinceTurn === 0) this.#turnBeganAt = performance.now()
    this.#sinceTurn += 1
    beginEvent(this.#context)
    return { done: false, value }
  }

  #owesTurn(): boolean {
    if (this.#sinceTurn >= EVENTS_A_TURN) return true
    // A result that renders large values takes milliseconds by itself.
    return this.#sinceTurn > 0 && performance.now() - this.#turnBeganAt > TURN_MS
  }

  #giveWay(): Promise<IteratorResult<T>> {
    this.#isPulling = true
    return nextTurn().then(() => {
      this.#isPulling = false
      this.#sinceTurn = 0
      return this.#step()
    })
  }

  #pull(): Promise<IteratorResult<T>> {
    this.#isPulling = true
    return this.#stream.next().then(this.#onEvent, this.#onThrown)
  }

  readonly #onEvent = ({ done, value }: IteratorResult<StreamEvent>): Step<T> => {
    this.#isPulling = false
    this.#sinceTurn = 0
    if (this.#failure !== null) return this.#failed(this.#failure)
    if (done) this.#isDone = true
    else this.takeIn(value)
    return this.#step()
  }

  readonly #onThrown = (thrown: unknown): never => {
    this.#isPulling = false
    this.#isDone = true
    throw translated(thrown)
  }

  #failed({ code, message, cause }: KafkaError): Promise<never> {
    this.#isDone = true
    return Promise.reject(translated(new KafkaError(code, message, { cause, details: { cursor: this.cursor } })))
  }
}

const NONE: readonly MessageNode[] = []

/** Yields one message per event and skips events without messages. */
export class SingleMessages extends EventSource<MessageNode> {
  #nodes: readonly MessageNode[] = NONE
  #index = 0
  #last: MessageNode | undefined

  protected take(): MessageNode | undefined {
    const node = this.#nodes[this.#index]
    if (node === undefined) return undefined
    this.#index += 1
    this.#last = node
    return node
  }

  protected lastCursor(): Cursor | null {
    return this.#last?.batch.cursorAt(this.#last.index) ?? null
  }

  protected takeIn(event: StreamEvent): void {
    if (event.kind !== 'batch') return
    this.#nodes = nodesOf(event)
    this.#index = 0
  }
}

/** Yields every event unchanged. */
export class StreamEvents extends EventSource<StreamEvent> {
  #event: StreamEvent | undefined
  #last: StreamEvent | undefined

  protected take(): StreamEvent | undefined {
    const event = this.#event
    this.#event = undefined
    this.#last = event ?? this.#last
    return event
  }

  protected lastCursor(): Cursor | null {
    return this.#last?.cursor ?? null
  }

  protected takeIn(event: StreamEvent): void {
    this.#event = event
  }
}
