/** Resolves after `ms`, or at once when the signal aborts. Never throws. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })

/**
 * The backoff before attempt `failures + 1`, in ms: 50 doubling to 500. A maximum of 5 s would cost 2 to 3.5 s at every
 * broker death.
 */
export const backoffMs = (failures: number): number => Math.min(50 * 2 ** Math.max(failures - 1, 0), 500)

/** Waits for `work`, or rejects with the signal's reason as soon as it aborts. The work itself continues. */
export const orAborted = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return work
  work.catch(() => {})
  signal.throwIfAborted()
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
