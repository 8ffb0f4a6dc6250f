import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Watch } from '../../kafka/ports/watches.ts'
import { beginEvent, type EventContext } from '../core/bounds/bounded-answers.ts'
import { translated, translating } from '../core/errors/failures.ts'
import { openWhenThere, type WaitingContext } from '../core/open-when-there.ts'

/**
 * The async iterator of a change subscription: the events of a watch, with its failure as an operation error. It is not
 * a generator: a generator that waits for its next value ignores `return()`.
 */
class ChangeSource<E extends object> implements AsyncIterableIterator<E> {
  readonly #watch: Watch<E>
  readonly #beforeEvent: () => void
  #failure: KafkaError | null = null

  constructor(watch: Watch<E>, beforeEvent: () => void) {
    this.#watch = watch
    this.#beforeEvent = beforeEvent
  }

  async next(): Promise<IteratorResult<E>> {
    const result = await translating(() => this.#watch.next())
    if (result.done) return this.#over()
    this.#beforeEvent()
    return result
  }

  /** Ends the watch with an error, which goes to the waiting `next()` or to the next call. */
  async throw(thrown: unknown): Promise<IteratorResult<E>> {
    this.#failure ??= thrown instanceof KafkaError ? thrown : new KafkaError('CLOSED', null, { cause: thrown })
    await this.#watch.return()
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<E>> {
    await this.#watch.return()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #over(): IteratorResult<E> {
    const failure = this.#failure
    this.#failure = null
    if (failure !== null) throw translated(failure)
    return { done: true, value: undefined }
  }
}

/**
 * The source of a subscription that `open` starts. It waits while Kafka is starting or unreachable. An object that cannot
 * be watched fails the operation itself.
 * @throws GraphQLError
 */
export const changesOf = async <E extends object>(
  context: EventContext & WaitingContext,
  open: () => Promise<Watch<E>>,
): Promise<AsyncIterable<E>> =>
  new ChangeSource(await translating(() => openWhenThere(context, open)), () => beginEvent(context))
