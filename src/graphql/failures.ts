import { GraphQLError } from 'graphql'
import { KafkaError } from '../kafka/kafka-error.ts'
import { textProblem } from '../kafka/text.ts'

const asJson = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

/** A Kafka failure as an error of the operation: its code and details under `extensions`, 64-bit values as strings. */
export const operationError = (error: KafkaError): GraphQLError =>
  new GraphQLError(error.message, {
    extensions: {
      ...Object.fromEntries(Object.entries(error.details).map(([key, value]) => [key, asJson(value)])),
      code: error.code,
      errorCode: error.errorCode,
      retriable: error.retriable,
    },
  })

/** What was thrown, translated when it is Kafka's; anything else stays as it is for the server to mask. */
export const translated = (thrown: unknown): unknown => (thrown instanceof KafkaError ? operationError(thrown) : thrown)

/** Runs `work` and translates the Kafka failure that it may end in. */
export const translating = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (thrown) {
    throw translated(thrown)
  }
}

/** The request itself is at fault: which argument, what is wrong with it, what would be right. */
export const badInput = (argument: string, problem: string): GraphQLError =>
  new GraphQLError(`${argument} ${problem}`, { extensions: { code: 'BAD_USER_INPUT', argument } })

/** @throws GraphQLError INVALID_REQUEST when Kafka cannot keep the text of this argument. */
export const checkTextArgument = (argument: string, text: string): void => {
  const problem = textProblem(argument, text)
  if (problem !== null) throw operationError(new KafkaError('INVALID_REQUEST', problem))
}
