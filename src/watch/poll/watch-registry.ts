import { Pacer } from '../../async/pacer.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Watch } from '../../kafka/ports/watches.ts'
import { type OpenPosition, openWatch } from './open-watch.ts'
import { Polls } from './polls.ts'
import type { WatchLimits } from './watch-limits.ts'

/** An open watch that can be ended. */
interface Endable {
  fail(error: KafkaError): void
}

/** State that all watches of a process share: the open watches, the running polls, and the shutdown. */
export class WatchRegistry implements Disposable {
  readonly limits: WatchLimits
  readonly #pacer = new Pacer()
  readonly #open = new Set<Endable>()
  readonly #polls: { readonly size: number }[] = []
  #isClosed = false

  constructor(limits: WatchLimits) {
    this.limits = limits
  }

  /** A new kind of polls. */
  polls<S extends object>(): Polls<S> {
    const polls = new Polls<S>(this.limits, () => this.stats().polls < this.limits.polls)
    this.#polls.push(polls)
    return polls
  }

  /** Opens a watch over these positions. @throws KafkaError CLOSED after shutdown. */
  async open<E extends object>(openings: readonly OpenPosition<E>[], { signal }: Call): Promise<Watch<E>> {
    this.#mustBeOpen()
    const watch = await openWatch(openings, { pacer: this.#pacer, signal, onRelease: () => this.#open.delete(watch) })
    try {
      this.#mustBeOpen()
    } catch (thrown) {
      await watch.return()
      throw thrown
    }
    this.#open.add(watch)
    return watch
  }

  stats(): { readonly watches: number; readonly polls: number } {
    return { watches: this.#open.size, polls: this.#polls.reduce((sum, { size }) => sum + size, 0) }
  }

  /** Ends every watch with CLOSED; a poll ends with its last watch. */
  [Symbol.dispose](): void {
    this.#isClosed = true
    for (const watch of [...this.#open]) watch.fail(new KafkaError('CLOSED'))
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw new KafkaError('CLOSED')
  }
}
