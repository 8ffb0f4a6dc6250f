/** Resolves after `ms`, or at once when the signal aborts; never throws. */
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

/** The wait before attempt `failures + 1`, ms: 50 doubling to 500. Growing to 5 s costs 2 to 3.5 s at every broker death. */
export const backoffMs = (failures: number): number => Math.min(50 * 2 ** Math.max(failures - 1, 0), 500)

/** `work`, or the signal's reason as soon as it aborts. The work goes on unwatched. */
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
