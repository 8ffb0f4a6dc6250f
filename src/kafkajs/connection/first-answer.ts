import { KafkaError } from '../../kafka/kafka-error.ts'

/** True when asking again changes nothing: what no retry can help, and the end of this gateway. */
export const isFinal = (failure: KafkaError): boolean => !failure.retriable || failure.code === 'CLOSED'

/** Reasons that a message lists at most: a bootstrap list may be long. */
const MOST_REASONS = 3

/** The error of a question that nobody answered. One address that may answer later makes it worth asking again. */
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
 * Asks one address after another, the next one when `hedgeMs` brought no answer or the last one failed; the first answer
 * wins. A stopped broker accepts connections and stays silent: waiting for it alone costs its whole time limit.
 * @throws KafkaError when every one has failed: the last failure where no retry of any can help (UNSUPPORTED_VERSION,
 * SASL_AUTHENTICATION_FAILED, TLS_FAILED, CLOSED), else KAFKA_UNAVAILABLE with the reasons, and the last one as cause.
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
