import type { SinkLimits } from './sink-limits.ts'

/** Default maximum request size of Kafka's Java producer. Every broker accepts it. */
const SAFE_REQUEST_BYTES = 1 << 20

/**
 * Limits the size of a produce request. A broker silently closes the connection on a request above its
 * `socket.request.max.bytes` (100 MiB by default). After a request with several batches is lost, later requests are
 * smaller.
 */
export class RequestBound {
  readonly #limits: Pick<SinkLimits, 'maxRequestBytes' | 'forgetMs'>
  #lowered = Number.POSITIVE_INFINITY
  #loweredAt = 0

  constructor(limits: Pick<SinkLimits, 'maxRequestBytes' | 'forgetMs'>) {
    this.#limits = limits
  }

  /** Maximum bytes of several batches; a single batch may be larger. */
  get bytes(): number {
    const { maxRequestBytes, forgetMs } = this.#limits
    if (performance.now() - this.#loweredAt > forgetMs) this.#lowered = Number.POSITIVE_INFINITY
    return Math.min(this.#lowered, maxRequestBytes)
  }

  /** Call when a request with several batches got no response. Its size may be the cause. */
  lost(bytes: number): void {
    if (bytes <= SAFE_REQUEST_BYTES) return
    this.#lowered = Math.min(this.#lowered, Math.max(bytes / 2, SAFE_REQUEST_BYTES))
    this.#loweredAt = performance.now()
  }
}
