import { setTimeout as sleep } from 'node:timers/promises'

/** How long to retry, and how often. */
export interface EventuallyOptions {
  /** In ms. Default 15,000. */
  readonly within?: number
  /** Pause between two attempts, in ms. Default 50. */
  readonly every?: number
}

/**
 * Retries `look` until it settles without throwing, and returns its value. After the deadline it throws the last
 * failure.
 */
export async function eventually<T>(look: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const { within = 15_000, every = 50 } = options
  const deadline = Date.now() + within
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (Date.now() >= deadline) {
        throw new Error(`not within ${within} ms: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
    await sleep(every)
  }
}
