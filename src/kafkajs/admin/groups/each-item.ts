import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { shortened } from '../../../kafka/text.ts'

/**
 * The items of one change, by key. Kafka's response names each key once, so repeated items fail before anything is
 * sent.
 */
interface Items<T> {
  /** The items that can be sent. */
  readonly sound: readonly T[]
  /**
   * One outcome per item, in order: its problem or the result of its key. A failure of the whole request applies to
   * each item.
   */
  readonly outcomes: <V>(results: Outcome<ReadonlyMap<string, Outcome<V>>>) => readonly Outcome<V>[]
}

/** Splits items into those that can be sent and those with a problem. */
export const eachItem = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  problemOf: (item: T) => KafkaError | null,
): Items<T> => {
  const seen = new Set<string>()
  const problems = items.map(item => {
    const key = keyOf(item)
    const isRepeat = seen.has(key)
    seen.add(key)
    return isRepeat ? new KafkaError('INVALID_REQUEST', `${shortened(key)} is named more than once`) : problemOf(item)
  })
  const outcomeOf = <V>(results: Outcome<ReadonlyMap<string, Outcome<V>>>, key: string): Outcome<V> => {
    if (isFailure(results)) return results
    return (
      results.get(key) ??
      new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain ${shortened(key)}`)
    )
  }
  return {
    sound: items.filter((_, index) => problems[index] === null),
    outcomes: results => items.map((item, index) => problems[index] ?? outcomeOf(results, keyOf(item))),
  }
}
