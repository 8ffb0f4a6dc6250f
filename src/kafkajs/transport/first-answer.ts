import { KafkaError } from '../../kafka/errors/kafka-error.ts'

/** True if a retry cannot help: permanent failures, and the shutdown of this server. */
export const isFinal = (failure: KafkaError): boolean => !failure.retriable || failure.code === 'CLOSED'

/** Maximum number of reasons in a message, because a bootstrap list may be long. */
const MOST_REASONS = 3

/** The error of a request that no broker answered. It is retriable if at least one failure is. */
const failureOf = (failures: readonly unknown[]): unknown => {
  const last = failures.at(-1)
  const isFinalFailure = (failure: unknown): boolean => failure instanceof KafkaError && isFinal(failure)
  const isClosed = last instanceof KafkaError && last.code === 'CLOSED'
  if (failures.length > 0 && (isClosed || failures.every(isFinalFailure))) return last
  const reasons = new Set(failures.flatMap(failure => (failure instanceof Error ? [failure.message] : [])))
  const why = [...reasons].slice(-MOST_REASONS).join('; ')
  return new KafkaError('KAFKA_UNAVAILABLE', `no broker answers${why === '' ? '' : `: ${why}`}`, { cause: last })
}

/**
 * Asks one address after another: the next one after `hedgeMs` without a response or after a failure. The first
 * response wins. A stopped broker accepts connections and stays silent, so waiting for it alone would cost its whole
 * time limit.
 * @throws KafkaError if all fail: the last failure if no retry can help (UNSUPPORTED_VERSION,
 * SASL_AUTHENTICATION_FAILED, TLS_FAILED, CLOSED), otherwise KAFKA_UNAVAILABLE with the reasons, and the last failure
 * as cause.
 */
export const firstAnswer = <T>(
  addresses: readonly string[],
  hedgeMs: number,
  ask: (address: string) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    let next = 0
    let underWay = 0
    let isSettled = false
    let timer: NodeJS.Timeout | undefined
    const failures: unknown[] = []

    const settle = (finish: () => void) => {
      clearTimeout(timer)
      if (isSettled) return
      isSettled = true
      finish()
    }
    const askNext = (): void => {
      clearTimeout(timer)
      if (isSettled) return
      const address = addresses[next++]
      if (address === undefined) {
        if (underWay === 0) settle(() => reject(failureOf(failures)))
        return
      }
      underWay++
      timer = setTimeout(askNext, hedgeMs)
      ask(address).then(
        answer => settle(() => resolve(answer)),
        (failure: unknown) => {
          underWay--
          failures.push(failure)
          askNext()
        },
      )
    }
    askNext()
  })
