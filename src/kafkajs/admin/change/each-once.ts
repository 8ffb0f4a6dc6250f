import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'

/** Kafka's result for one named item. */
export interface NamedResult {
  readonly name: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** Items by name, split into those to send and those that fail before anything is sent. */
export interface Checked<T> {
  readonly sound: readonly T[]
  readonly problems: ReadonlyMap<string, KafkaError>
}

/** Kafka refuses a whole request that repeats a name. This refuses only that name. */
export const checkItems = <T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  problemOf: (item: T) => KafkaError | null = () => null,
): Checked<T> => {
  const seen = new Set<string>()
  const problems = new Map<string, KafkaError>()
  for (const item of items) {
    const name = nameOf(item)
    const problem = seen.has(name)
      ? new KafkaError('INVALID_REQUEST', `topic ${name} is named more than once`)
      : problemOf(item)
    if (problem !== null) problems.set(name, problem)
    seen.add(name)
  }
  return { sound: items.filter(item => !problems.has(nameOf(item))), problems }
}

/** Results by name. A failure of the whole request applies to each of its items. */
export const resultsByName = async <R extends NamedResult>(
  names: readonly string[],
  send: () => Promise<readonly R[]>,
): Promise<ReadonlyMap<string, Outcome<R>>> => {
  if (names.length === 0) return new Map()
  try {
    const results = await send()
    return new Map(results.map(one => [one.name, one.errorCode === 0 ? one : errorOf(one)]))
  } catch (thrown) {
    if (!(thrown instanceof KafkaError) || thrown.code !== 'OUTCOME_UNKNOWN') throw thrown
    const failure = asKafkaError(thrown)
    return new Map(names.map(name => [name, failure]))
  }
}

const errorOf = ({ name, errorCode, errorMessage }: NamedResult): KafkaError =>
  kafkaErrorAbout({ topic: name }, errorCode, errorMessage)

/** The outcome of an item that is missing in Kafka's response. */
export const unanswered = (name: string): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain topic ${name}`)
