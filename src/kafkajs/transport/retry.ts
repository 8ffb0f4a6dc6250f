import { asKafkaError, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { isFinal } from './first-answer.ts'
import { backoffMs, orAborted, pause } from './wait.ts'

/** The bounds of a retried call. */
export interface RetryBounds {
  /** Milliseconds for all attempts together. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Retries until an attempt succeeds or fails permanently, the deadline passes, or the signal aborts.
 * @throws KafkaError the last failure; KAFKA_UNAVAILABLE if no attempt ended in time; the signal's reason.
 */
export const retrying = async <T>(
  { deadlineMs, signal }: RetryBounds,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), deadlineMs)
  const bound = signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal])
  let last: KafkaError | null = null
  try {
    for (let failures = 1; ; failures++) {
      try {
        return await orAborted(attempt(bound), bound)
      } catch (thrown) {
        if (signal?.aborted) throw signal.reason
        if (bound.aborted)
          throw last ?? new KafkaError('KAFKA_UNAVAILABLE', `Kafka did not answer within ${deadlineMs} ms`)
        last = asKafkaError(thrown)
        if (isFinal(last)) throw last
      }
      await pause(backoffMs(failures), bound)
      if (bound.aborted) throw signal?.aborted ? signal.reason : last
    }
  } finally {
    clearTimeout(timer)
  }
}
