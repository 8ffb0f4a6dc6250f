import { GraphQLError } from 'graphql'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { textProblem } from '../../../kafka/text.ts'

const asJson = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

/** Converts a Kafka error to a GraphQL error. Its code and details go under `extensions`, 64-bit values as strings. */
export const operationError = (error: KafkaError): GraphQLError =>
  new GraphQLError(error.message, {
    extensions: {
      ...Object.fromEntries(Object.entries(error.details).map(([key, value]) => [key, asJson(value)])),
      code: error.code,
      errorCode: error.errorCode,
      retriable: error.retriable,
    },
  })

/** Translates a Kafka error; returns any other error unchanged, and the server masks it. */
export const translated = (thrown: unknown): unknown => (thrown instanceof KafkaError ? operationError(thrown) : thrown)

/** Runs `work` and translates a Kafka error that it throws. */
export const translating = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (thrown) {
    throw translated(thrown)
  }
}

/** A BAD_USER_INPUT error: it names the argument, the problem and a valid value. */
export const badInput = (argument: string, problem: string): GraphQLError =>
  new GraphQLError(`${argument} ${problem}`, { extensions: { code: 'BAD_USER_INPUT', argument } })

/** @throws GraphQLError INVALID_REQUEST when Kafka cannot store this text. */
export const checkTextArgument = (argument: string, text: string): void => {
  const problem = textProblem(argument, text)
  if (problem !== null) throw operationError(new KafkaError('INVALID_REQUEST', problem))
}
