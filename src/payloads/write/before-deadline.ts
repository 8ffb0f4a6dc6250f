import { deferred } from '../../async/deferred.ts'
import type { Call } from '../../kafka/ports/call.ts'

/** The result of `work`, or of `late` once the call's deadline has passed. Work is not begun after the deadline. */
export const beforeDeadline = async <T>({ deadline }: Call, work: () => Promise<T>, late: () => T): Promise<T> => {
  if (deadline === undefined) return work()
  const left = deadline - performance.now()
  if (left <= 0) return late()
  const { promise, resolve } = deferred<T>()
  const timer = setTimeout(() => resolve(late()), left)
  try {
    return await Promise.race([work(), promise])
  } finally {
    clearTimeout(timer)
  }
}
