import type { SinkLimits } from './sink-limits.ts'

/** Kafka's Java producer makes no request larger than this unless told to: every broker takes it. */
const ANY_BROKER_TAKES = 1 << 20

/**
 * How much one produce request may carry. A broker closes the connection on a request above its `socket.request.max.bytes`
 * (100 MiB by default), without a word: what was lost with other batches beside it goes into smaller requests from then on.
 */
export class RequestBound {
  readonly #limits: Pick<SinkLimits, 'maxRequestBytes' | 'forgetMs'>
  #lowered = Number.POSITIVE_INFINITY
  #loweredAt = 0

  constructor(limits: Pick<SinkLimits, 'maxRequestBytes' | 'forgetMs'>) {
    this.#limits = limits
  }

  /** Bytes of batches; one batch alone may have more. */
  get bytes(): number {
    const { maxRequestBytes, forgetMs } = this.#limits
    if (performance.now() - this.#loweredAt > forgetMs) this.#lowered = Number.POSITIVE_INFINITY
    return Math.min(this.#lowered, maxRequestBytes)
  }

  /** A request with so many bytes of several batches was written, and no answer came: its size may be why. */
  lost(bytes: number): void {
    if (bytes <= ANY_BROKER_TAKES) return
    this.#lowered = Math.min(this.#lowered, Math.max(bytes / 2, ANY_BROKER_TAKES))
    this.#loweredAt = performance.now()
  }
}
