import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { operationError } from '../../../graphql/core/errors/failures.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Logger } from '../../../kafka/logger.ts'
import { shortMessage } from './short-message.ts'
import { withoutValues } from './without-values.ts'

/** Converts any thrown value to an error that a client may see. */
export type ToClientError = (thrown: unknown) => GraphQLError

const rootOf = (thrown: unknown): unknown =>
  thrown instanceof GraphQLError && thrown.originalError ? rootOf(thrown.originalError) : thrown

const placeOf = (thrown: unknown) =>
  thrown instanceof GraphQLError
    ? {
        nodes: thrown.nodes ?? null,
        source: thrown.source ?? null,
        positions: thrown.positions ?? null,
        path: thrown.path ?? null,
      }
    : {}

/** An error from a library: unlike its type, it may lack `extensions`. */
type ForeignError = Omit<GraphQLError, 'extensions'> & Partial<Pick<GraphQLError, 'extensions'>>

/** The stable code of an error; undefined when it has none. */
export const codeOf = ({ extensions }: ForeignError): unknown => extensions?.code

/** A GraphQL error without a code and without a path is about the request: variables or operation name. */
const withCode = (error: GraphQLError): GraphQLError => {
  const { extensions, message, path }: ForeignError = error
  if (extensions?.code === undefined && path === undefined) {
    const coded = { ...extensions, code: 'BAD_USER_INPUT' }
    return new GraphQLError(withoutValues(error), { ...placeOf(error), extensions: coded })
  }
  return extensions === undefined ? new GraphQLError(message, placeOf(error)) : error
}

const GIVEN_UP = { code: 'CANCELLED' }

/** Thrown when a client leaves before its response: nobody reads the response, and nothing went wrong. */
const isGivenUp = (root: unknown): boolean => root instanceof Error && root.name === 'AbortError'

const withShortMessage = (error: GraphQLError): GraphQLError => {
  const { message, extensions } = error
  const short = shortMessage(message)
  return short === message ? error : new GraphQLError(short, { ...placeOf(error), extensions })
}

/**
 * The only place that translates errors. GraphQL errors pass, Kafka errors get their codes, and any other error becomes
 * "Unexpected error." with an id that is also in the log.
 */
export const createToClientError = (logger: Logger): ToClientError => {
  const translated = createTranslation(logger)
  return thrown => withShortMessage(translated(thrown))
}

const createTranslation =
  (logger: Logger): ToClientError =>
  thrown => {
    const root = rootOf(thrown)
    if (root instanceof GraphQLError) return withCode(thrown instanceof GraphQLError ? thrown : root)
    if (root instanceof KafkaError) {
      const { message, extensions } = operationError(root)
      return new GraphQLError(message, { ...placeOf(thrown), extensions })
    }
    if (isGivenUp(root))
      return new GraphQLError('Given up by its client.', { ...placeOf(thrown), extensions: GIVEN_UP })
    const id = randomUUID()
    logger.error({ id, err: root }, 'unexpected error')
    return new GraphQLError('Unexpected error.', {
      ...placeOf(thrown),
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    })
  }
