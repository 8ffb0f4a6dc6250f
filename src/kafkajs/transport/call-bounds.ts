import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { RetryBounds } from './retry.ts'
import { orAborted } from './wait.ts'

/** Ms that a piece of work may take: its own limit, or what is left until the call's deadline where that is less. */
export const leftMs = ({ deadline }: Call, limitMs: number): number =>
  deadline === undefined ? limitMs : Math.min(limitMs, Math.max(Math.ceil(deadline - performance.now()), 0))

/** The bounds of a call with a limit of its own: the call's signal, and the earlier of its deadline and the limit. */
export const boundsOf = (call: Call, limitMs: number): RetryBounds => ({
  deadlineMs: leftMs(call, limitMs),
  signal: call.signal,
})

/**
 * The result of work that several calls share, for one of them: its signal and its deadline end the wait, not the work.
 * @throws KAFKA_UNAVAILABLE at the deadline; the signal's reason.
 */
export const sharedWith = async <T>(call: Call, work: Promise<T>): Promise<T> => {
  if (call.deadline === undefined) return orAborted(work, call.signal)
  const late = new AbortController()
  const text = 'no answer from Kafka before the deadline of the call'
  const timer = setTimeout(() => late.abort(new KafkaError('KAFKA_UNAVAILABLE', text)), leftMs(call, 2 ** 31 - 1))
  try {
    return await orAborted(orAborted(work, call.signal), late.signal)
  } finally {
    clearTimeout(timer)
  }
}
