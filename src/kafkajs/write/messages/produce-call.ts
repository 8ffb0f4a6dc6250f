import { deferred } from '../../../async/deferred.ts'
import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { OutgoingMessage, ProducedMessage } from '../../../kafka/message.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { ProduceOptions } from '../../../kafka/ports/message-sink.ts'
import { leftMs } from '../../transport/call-bounds.ts'
import type { MemoryBudget } from './memory-budget.ts'
import { type MessageHolder, PendingMessage } from './pending-message.ts'

/** Memory of a held message besides its bytes: objects, its share of the timer, its place in a queue. */
const OVERHEAD_BYTES = 512

const heldBytes = ({ key, value, headers }: OutgoingMessage): number =>
  headers.reduce(
    (bytes, header) => bytes + 64 + header.key.length + (header.value?.length ?? 0),
    OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0),
  )

/** One call's messages, their shared timer, and their outcomes in order. */
export class ProduceCall {
  /** The messages that fit in the budget, in order. */
  readonly accepted: readonly PendingMessage[]
  /** Resolves once every message is answered. Never rejects. */
  readonly outcomes: Promise<readonly Outcome<ProducedMessage>[]>
  readonly #results: Outcome<ProducedMessage>[]
  readonly #finish: (outcomes: readonly Outcome<ProducedMessage>[]) => void
  readonly #budget: MemoryBudget
  readonly #options: ProduceOptions
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = () =>
    this.giveUp(new KafkaError('REQUEST_TIMED_OUT', 'the caller aborted before the message was sent'))
  readonly #timer: NodeJS.Timeout
  readonly #onDone: (call: ProduceCall) => void
  #left: number

  /** `onDone` is called once every message is answered, possibly before the constructor returns. */
  constructor(
    call: Call,
    messages: readonly OutgoingMessage[],
    options: ProduceOptions,
    budget: MemoryBudget,
    onDone: (call: ProduceCall) => void,
  ) {
    const { promise, resolve } = deferred<readonly Outcome<ProducedMessage>[]>()
    this.outcomes = promise
    this.#finish = resolve
    this.#onDone = onDone
    this.#budget = budget
    this.#options = options
    this.#signal = call.signal
    this.#results = new Array(messages.length)
    this.#left = messages.length
    const { signal } = call
    const timeoutMs = leftMs(call, options.timeoutMs)
    const text = options.transactional
      ? `not committed within ${timeoutMs} ms: no message of the transaction is written`
      : `not sent within ${timeoutMs} ms: the partition's leader could not be reached`
    this.#timer = setTimeout(() => this.giveUp(new KafkaError('REQUEST_TIMED_OUT', text)), timeoutMs)
    const now = Date.now()
    this.accepted = messages.flatMap((message, index) => this.#accept(message, index, now) ?? [])
    if (this.#left === 0) this.#end()
    else if (signal?.aborted) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** True once every message is answered. */
  get isDone(): boolean {
    return this.#left === 0
  }

  /**
   * Answers the remaining messages, the unsent ones with `ifUnsent`, and withdraws them from their queues in the same
   * tick.
   */
  giveUp(ifUnsent: KafkaError): void {
    const holders = new Set<MessageHolder>()
    for (const pending of this.accepted) {
      if (pending.isAnswered) continue
      if (pending.holder !== null) holders.add(pending.holder)
      pending.giveUp(ifUnsent)
    }
    for (const holder of holders) holder.dropAnswered()
  }

  #accept(message: OutgoingMessage, index: number, now: number): PendingMessage | null {
    const bytes = heldBytes(message)
    if (!this.#budget.tryReserve(bytes)) {
      this.#settle(index, new KafkaError('BUSY'))
      return null
    }
    return new PendingMessage(message, now, this.#options, outcome => {
      this.#budget.release(bytes)
      this.#settle(index, outcome)
      if (this.#left === 0) this.#end()
    })
  }

  #settle(index: number, outcome: Outcome<ProducedMessage>): void {
    this.#results[index] = outcome
    this.#left--
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#finish(this.#results)
    this.#onDone(this)
  }
}
