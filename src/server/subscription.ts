import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { EventPlan } from './event-plan.ts'
import { createEventPlans } from './event-plans.ts'
import { ReadyResult } from './ready-result.ts'
import { cursorOf } from './resumable.ts'
import { type ResultShare, SharedResults } from './shared-results.ts'

/** Subscribes: the source of events from graphql, each event's result made once for all who want the same. */
export type Subscribe = (args: ExecutionArgs) => Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>

const isPromise = (result: ExecutionResult | Promise<ExecutionResult>): result is Promise<ExecutionResult> =>
  'then' in result

/** The results of a subscription's events. By hand: `return()` reaches the source at once, also while `next()` waits. */
class EventResults implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: AsyncIterator<unknown>
  readonly #plan: EventPlan
  readonly #args: ExecutionArgs
  readonly #share: ResultShare

  constructor(source: AsyncIterator<unknown>, plan: EventPlan, args: ExecutionArgs, share: ResultShare) {
    this.#source = source
    this.#plan = plan
    this.#args = args
    this.#share = share
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The cursor that resumes after the last result, whatever the client selects; null when the source has none. */
  get cursor(): string | null {
    return cursorOf(this.#source)
  }

  next(): Promise<IteratorResult<ExecutionResult>> {
    return this.#source.next().then(this.#onEvent, this.#onFailure)
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.#share[Symbol.dispose]()
    await this.#source.return?.()
    return { done: true, value: undefined }
  }

  /** Ends the source with an error of its own: the waiting or the next `next()` fails. */
  async throw(error: unknown): Promise<IteratorResult<ExecutionResult>> {
    await this.#source.throw?.(error)
    return { done: true, value: undefined }
  }

  readonly #onFailure = (thrown: unknown): never => {
    this.#share[Symbol.dispose]()
    throw thrown
  }

  readonly #onEvent = ({
    done,
    value: event,
  }: IteratorResult<unknown>): IteratorResult<ExecutionResult> | Promise<IteratorResult<ExecutionResult>> => {
    if (done) {
      this.#share[Symbol.dispose]()
      return { done: true, value: undefined }
    }
    try {
      const result = this.#resultOf(event)
      return isPromise(result) ? result.then(value => ({ done: false, value })) : { done: false, value: result }
    } catch (thrown) {
      return this.#broken(thrown)
    }
  }

  /** A result that cannot be written, being longer than a string may be, ends the source: `for await` asks it nothing more. */
  async #broken(thrown: unknown): Promise<never> {
    await this.return()
    throw thrown
  }

  #resultOf(event: unknown): ExecutionResult | Promise<ExecutionResult> {
    const isShareable = typeof event === 'object' && event !== null
    const shared = isShareable ? this.#share.get(event) : undefined
    if (shared !== undefined) return shared
    const result = this.#plan.run(event, this.#args)
    // What asks Kafka is asked for each subscriber, with its own signal; errors are translated for each.
    if (isPromise(result) || result.errors !== undefined) return result
    const ready = new ReadyResult(JSON.stringify({ data: result.data }))
    if (isShareable) this.#share.set(event, ready)
    return ready
  }
}

/** Bounds of what subscribers share. */
export interface SubscribeLimits {
  /** Bytes of results kept for subscribers that have not got them yet. */
  readonly sharedResultBytes: number
  readonly maxQueryFields: number
}

/**
 * Creates the subscribing of a server. The returned function throws a GraphQLError for a subscription that is refused before
 * its source is opened.
 */
export const createSubscribe = ({ sharedResultBytes, maxQueryFields }: SubscribeLimits): Subscribe => {
  const planOf = createEventPlans(maxQueryFields)
  const shared = new SharedResults(sharedResultBytes)
  return async args => {
    const plan = planOf(args)
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return source
    plan.prepare()
    return new EventResults(source[Symbol.asyncIterator](), plan, args, shared.join(plan.form, plan.values))
  }
}
