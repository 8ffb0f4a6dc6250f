import { singleFlight } from '../../../async/single-flight.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import { orAborted } from '../../transport/wait.ts'
import type { ProduceContext } from '../senders/produce-context.ts'

/**
 * How long reading the topic's config may take. After that, messages are sent unchecked; the broker checks them anyway.
 */
const ASK_MS = 1000
/** A limit older than this is refreshed in the background. */
const FRESH_MS = 5000

/** One topic's last known `max.message.bytes`, capped at our own request size. */
export class TopicSizeLimit {
  readonly #context: ProduceContext
  readonly #topic: TopicName
  #value: number | null = null
  #at = 0

  constructor(context: ProduceContext, topic: TopicName) {
    this.#context = context
    this.#topic = topic
  }

  /** Null before the first result. */
  get value(): number | null {
    if (this.#value !== null && performance.now() - this.#at > FRESH_MS) void this.ask()
    return this.#value
  }

  /** Time of the last result, by performance.now(). */
  get at(): number {
    return this.#at
  }

  /** Call when the topic was recreated: the known limit belongs to the old topic. */
  forget(): void {
    this.#value = null
  }

  /** Refreshes the value. Afterwards it is never null. */
  readonly ask = singleFlight(() => this.#ask())

  async #ask(): Promise<void> {
    const { limits, maxMessageBytes, logger } = this.#context
    const signal = AbortSignal.timeout(ASK_MS)
    let limit = this.#value ?? limits.maxRequestBytes
    try {
      limit = await orAborted(maxMessageBytes(this.#topic, signal), signal)
    } catch (thrown) {
      // A principal may be allowed to write to a topic but not to read its configs.
      logger.debug({ topic: this.#topic, error: thrown }, 'max.message.bytes is unknown')
    }
    this.#value = Math.min(limit, limits.maxRequestBytes)
    this.#at = performance.now()
  }
}
