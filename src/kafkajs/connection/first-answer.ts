import { KafkaError } from '../../kafka/kafka-error.ts'

/** True when asking again changes nothing: what no retry can help, and the end of this gateway. */
export const isFinal = (failure: KafkaError): boolean => !failure.retriable || failure.code === 'CLOSED'

/**
 * Asks one address after another, the next one when `hedgeMs` brought no answer or the last one failed; the first answer
 * wins. A stopped broker accepts connections and stays silent: waiting for it alone costs its whole time limit.
 * @throws KafkaError when every one has failed: the last failure where no retry can help (UNSUPPORTED_VERSION,
 * SASL_AUTHENTICATION_FAILED, CLOSED), else KAFKA_UNAVAILABLE with it as cause.
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
    let lastFailure: unknown

    const settle = (finish: () => void) => {
      clearTimeout(timer)
      if (isSettled) return
      isSettled = true
      finish()
    }
    const fail = () => {
      if (lastFailure instanceof KafkaError && isFinal(lastFailure)) return reject(lastFailure)
      const why = lastFailure instanceof Error ? `: ${lastFailure.message}` : ''
      reject(new KafkaError('KAFKA_UNAVAILABLE', `no broker answers${why}`, { cause: lastFailure }))
    }
    const askNext = (): void => {
      clearTimeout(timer)
      if (isSettled) return
      const address = addresses[next++]
      if (address === undefined) {
        if (underWay === 0) settle(fail)
        return
      }
      underWay++
      timer = setTimeout(askNext, hedgeMs)
      ask(address).then(
        answer => settle(() => resolve(answer)),
        (failure: unknown) => {
          underWay--
          lastFailure = failure
          askNext()
        },
      )
    }
    askNext()
  })
