import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'

/** The end of a request: its signal aborts at the deadline, and when the caller leaves. */
export interface RequestBounds extends Disposable {
  readonly signal: AbortSignal
  /** Ms until the deadline; 0 afterwards. */
  readonly leftMs: number
  /** Whether the deadline ended it, and not the caller. */
  readonly isLate: boolean
}

/** The bounds of a call with a limit of its own. @throws the reason of the caller's signal */
export const boundsOf = ({ signal, deadline }: Call, limitMs: number): RequestBounds => {
  signal?.throwIfAborted()
  const now = performance.now()
  const end = Math.min(now + limitMs, deadline ?? Number.POSITIVE_INFINITY)
  const over = new AbortController()
  const ms = Math.max(Math.ceil(end - now), 0)
  let isLate = false
  const late = () => {
    isLate = true
    over.abort(new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', `no answer from the schema registry within ${ms} ms`))
  }
  const leave = () => over.abort(signal?.reason)
  const timer = setTimeout(late, ms)
  signal?.addEventListener('abort', leave, { once: true })
  return {
    signal: over.signal,
    get leftMs() {
      return Math.max(Math.ceil(end - performance.now()), 0)
    },
    get isLate() {
      return isLate
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', leave)
    },
  }
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
