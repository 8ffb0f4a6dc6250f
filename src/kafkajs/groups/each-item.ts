import { isFailure, KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import { shortened } from '../../kafka/text.ts'

/** Items of one change by their keys. Kafka's answer names each key once: repeats fail by themselves, before anything is sent. */
interface Items<T> {
  /** Those that can be sent. */
  readonly sound: readonly T[]
  /** One outcome for each item, in order: its problem, or what became of its key; a failure of the whole is that of each. */
  readonly outcomes: <V>(results: Outcome<ReadonlyMap<string, Outcome<V>>>) => readonly Outcome<V>[]
}

/** Sorts out which items can be sent. */
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
      results.get(key) ?? new KafkaError('UNKNOWN_SERVER_ERROR', `Kafka did not say what became of ${shortened(key)}`)
    )
  }
  return {
    sound: items.filter((_, index) => problems[index] === null),
    outcomes: results => items.map((item, index) => problems[index] ?? outcomeOf(results, keyOf(item))),
  }
}
