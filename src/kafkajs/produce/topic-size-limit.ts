import { singleFlight } from '../../async/single-flight.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { orAborted } from '../connection/wait.ts'
import type { ProduceContext } from './produce-context.ts'

/** How long the topic's config may take before messages are sent without it: the broker checks them anyway. */
const ASK_MS = 1000
/** A limit this old is asked for again, beside the producing. */
const FRESH_MS = 5000

/** One topic's `max.message.bytes` as last heard, never above what a request of ours carries. */
export class TopicSizeLimit {
  readonly #context: ProduceContext
  readonly #topic: TopicName
  #value: number | null = null
  #at = 0

  constructor(context: ProduceContext, topic: TopicName) {
    this.#context = context
    this.#topic = topic
  }

  /** Null before the first answer. */
  get value(): number | null {
    if (this.#value !== null && performance.now() - this.#at > FRESH_MS) void this.ask()
    return this.#value
  }

  /** Of the last answer, by performance.now(). */
  get at(): number {
    return this.#at
  }

  /** The topic was created anew: what was known is not its limit. */
  forget(): void {
    this.#value = null
  }

  /** Asks; afterwards there is a value in any case. */
  readonly ask = singleFlight(() => this.#ask())

  async #ask(): Promise<void> {
    const { limits, maxMessageBytes, logger } = this.#context
    const signal = AbortSignal.timeout(ASK_MS)
    let told = this.#value ?? limits.maxRequestBytes
    try {
      told = await orAborted(maxMessageBytes(this.#topic, signal), signal)
    } catch (thrown) {
      // Somebody may be allowed to write to a topic but not to read its configs.
      logger.debug({ topic: this.#topic, error: thrown }, 'max.message.bytes is not known')
    }
    this.#value = Math.min(told, limits.maxRequestBytes)
    this.#at = performance.now()
  }
}
