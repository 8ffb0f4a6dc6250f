import type { ExecutionArgs, ExecutionResult } from 'graphql'
import { beginEvent, type EventContext } from '../../../graphql/core/bounds/bounded-answers.ts'
import { type EventMemory, type LargeEvents, ReadyPieces } from '../results/large-events.ts'
import type { LargeResult } from '../results/large-result.ts'
import { ReadyResult } from '../results/ready-result.ts'
import { cursorOf } from '../results/resumable.ts'
import type { ResultShare } from '../results/shared-results.ts'
import { WrittenEvent } from '../template/written-event.ts'
import type { EventPlan } from './event-plan.ts'

/** A result that is known at once: an object, or bytes. */
type Known = ExecutionResult | WrittenEvent
type Result = Known | Promise<ExecutionResult>
type Step = IteratorResult<ExecutionResult>

/** The time from which executing an event is heavy work, ms. */
const HEAVY_MS = 4

const DONE = { done: true, value: undefined } as const

const isPromise = (result: Result): result is Promise<ExecutionResult> => 'then' in result

const hasErrors = (result: Known): result is ExecutionResult => 'errors' in result && result.errors !== undefined

const readyResult = (result: Known): ReadyResult =>
  new ReadyResult(result instanceof WrittenEvent ? result.bytes : Buffer.from(JSON.stringify({ data: result.data })))

/** Results are shared by the event, which only objects can be a key for. */
const isShareable = (event: unknown): event is object => typeof event === 'object' && event !== null

const isEventContext = (value: unknown): value is EventContext =>
  typeof value === 'object' && value !== null && 'bytesRendered' in value

/** The results of a subscription's events. Not an `async function*`, so that `return()` reaches the source while `next()` waits. */
export class EventResults implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: AsyncIterator<unknown>
  readonly #plan: EventPlan
  readonly #args: ExecutionArgs
  readonly #share: ResultShare
  readonly #large: LargeEvents | null
  /** The large event whose result is being made or sent. */
  #held: EventMemory | LargeResult | null = null
  #isOver = false
  /** The last event took long to execute. */
  #isHeavy = false

  constructor(
    source: AsyncIterator<unknown>,
    plan: EventPlan,
    args: ExecutionArgs,
    share: ResultShare,
    large: LargeEvents | null,
  ) {
    this.#source = source
    this.#plan = plan
    this.#args = args
    this.#share = share
    this.#large = large
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The cursor that resumes after the last result, whatever the client selects; null when the source has none. */
  get cursor(): string | null {
    return cursorOf(this.#source)
  }

  next(): Promise<Step> {
    if (this.#held !== null) this.#release()
    return this.#source.next().then(this.#onEvent, this.#onFailure)
  }

  async return(): Promise<Step> {
    this.#isOver = true
    this.#share[Symbol.dispose]()
    this.#release()
    await this.#source.return?.()
    return DONE
  }

  /** Ends the source with this error: the pending or the next `next()` fails. */
  async throw(error: unknown): Promise<Step> {
    await this.#source.throw?.(error)
    return DONE
  }

  readonly #onFailure = (thrown: unknown): never => {
    this.#share[Symbol.dispose]()
    throw thrown
  }

  readonly #onEvent = ({ done, value: event }: IteratorResult<unknown>): Step | Promise<Step> => {
    if (done) {
      this.#share[Symbol.dispose]()
      return DONE
    }
    try {
      return this.#isHeavy ? this.#inTurn(event) : this.#stepOf(event)
    } catch (thrown) {
      return this.#broken(thrown)
    }
  }

  /** Subscriptions with heavy events take turns: twenty in one turn of the event loop stopped it for 0.4 s. */
  #inTurn(event: unknown): Step | Promise<Step> {
    const turns = this.#large?.turns
    if (turns === undefined || !turns.isOver) return this.#stepOf(event)
    return new Promise<void>(resolve => turns.later(resolve))
      .then(() => {
        if (this.#isOver) return DONE
        return this.#stepOf(event)
      })
      .catch(thrown => this.#broken(thrown))
  }

  /** Ends the source after a result that cannot be written, such as one longer than the longest string: `for await` would not call `return()`. */
  async #broken(thrown: unknown): Promise<never> {
    await this.return()
    throw thrown
  }

  #stepOf(event: unknown): Step | Promise<Step> {
    const shared = isShareable(event) ? this.#share.get(event) : undefined
    if (shared instanceof ReadyResult) return { done: false, value: shared }
    if (shared !== undefined) return this.#largeStep(event, shared, shared.heldBytes)
    const making = isShareable(event) ? this.#share.making(event) : undefined
    if (making !== undefined) return this.#afterOther(event, making)
    const began = performance.now()
    const step = this.#make(event)
    this.#isHeavy = performance.now() - began > HEAVY_MS
    return step
  }

  #make(event: unknown): Step | Promise<Step> {
    const result = this.#execute(event)
    if (isPromise(result)) return result.then(value => this.#ownStep(event, value))
    const largeBytes = this.#largeBytes()
    if (largeBytes !== null) return this.#largeStep(event, result, largeBytes)
    // Errors are translated for each subscriber.
    if (hasErrors(result)) return { done: false, value: result }
    const ready = readyResult(result)
    if (isShareable(event)) this.#share.set(event, ready)
    return { done: false, value: ready }
  }

  #execute(event: unknown): Result {
    return this.#plan.write(event, this.#args.contextValue) ?? this.#plan.run(event, this.#args)
  }

  /** Waits for the result that another subscriber is making. If that fails, this subscriber makes its own. */
  async #afterOther(event: unknown, making: Promise<ReadyPieces | null>): Promise<Step> {
    const pieces = await making
    if (pieces !== null) return this.#largeStep(event, pieces, pieces.heldBytes)
    return this.#isOver ? DONE : this.#onEvent({ done: false, value: event })
  }

  /** A result that needed Kafka is not shared: each subscriber asks with its own signal. */
  #ownStep(event: unknown, value: ExecutionResult): Step | Promise<Step> {
    const largeBytes = this.#largeBytes()
    return largeBytes === null ? { done: false, value } : this.#largeStep(event, value, largeBytes)
  }

  #largeBytes(): number | null {
    return this.#large?.largeBytes(this.#args.contextValue) ?? null
  }

  /** Makes a large result at once if memory is free. Otherwise drops the result and makes it again when there is memory. */
  #largeStep(event: unknown, result: Known | ReadyPieces, bytes: number): Promise<Step> {
    const large = this.#large
    if (large === null) throw new Error('Only large events come here.')
    if (this.#isOver) return Promise.resolve(DONE)
    const memory = large.memoryFor(bytes)
    this.#held = memory
    return memory.take() ? this.#written(event, result, memory, large) : this.#later(event, memory, large)
  }

  async #later(event: unknown, memory: EventMemory, large: LargeEvents): Promise<Step> {
    if (!(await memory.wait())) return DONE
    const shared = isShareable(event) ? this.#share.get(event) : undefined
    if (shared instanceof ReadyPieces) return this.#written(event, shared, memory, large)
    const { contextValue } = this.#args
    if (isEventContext(contextValue)) beginEvent(contextValue)
    return this.#written(event, this.#execute(event), memory, large)
  }

  async #written(event: unknown, result: Result | ReadyPieces, memory: EventMemory, large: LargeEvents): Promise<Step> {
    try {
      const value = memory.resultOf(result instanceof ReadyPieces ? result : await this.#pieces(event, result, large))
      if (this.#held !== memory) return DONE
      this.#held = value
      return { done: false, value }
    } catch (thrown) {
      memory.drop()
      return this.#broken(thrown)
    }
  }

  /** The JSON in pieces, shared with subscribers that wait for the same result. A result with errors, or one that needed Kafka, is not shared. */
  async #pieces(event: unknown, result: Result, large: LargeEvents): Promise<ReadyPieces> {
    if (!isShareable(event) || isPromise(result) || hasErrors(result)) return large.write(await result)
    const writing = large.write(result)
    this.#share.make(event, writing)
    const pieces = await writing
    this.#share.set(event, pieces)
    return pieces
  }

  /** Returns the memory of a large event that will not be made or sent. */
  #release(): void {
    const held = this.#held
    this.#held = null
    held?.drop()
  }
}
