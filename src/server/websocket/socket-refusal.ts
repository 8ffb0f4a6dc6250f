import type { ExecutionResult, GraphQLError } from 'graphql'

/** The errors of an operation that was not executed. */
class Refusal extends Error {
  readonly errors: readonly GraphQLError[]

  constructor(errors: readonly GraphQLError[]) {
    super('refused')
    this.errors = errors
  }
}

/**
 * Replaces a result without data, which graphql-ws would send as `next` and `complete`: clients take that for success.
 * A result stream that throws becomes an `error` message. Undefined for any other result.
 */
export const refusalOf = ({ data, errors }: ExecutionResult): AsyncIterableIterator<ExecutionResult> | undefined => {
  if (data !== undefined || errors === undefined) return undefined
  const refused: AsyncIterableIterator<ExecutionResult> = {
    next: () => Promise.reject(new Refusal(errors)),
    [Symbol.asyncIterator]: () => refused,
  }
  return refused
}

/** The errors of a refusal; graphql-ws wraps them in one error. */
export const refusedWith = (error: GraphQLError): readonly GraphQLError[] =>
  error.originalError instanceof Refusal ? error.originalError.errors : [error]
