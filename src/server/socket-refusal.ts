import type { ExecutionResult, GraphQLError } from 'graphql'

/** Why an operation was not carried out at all. */
class Refusal extends Error {
  readonly errors: readonly GraphQLError[]

  constructor(errors: readonly GraphQLError[]) {
    super('refused')
    this.errors = errors
  }
}

/**
 * What graphql-ws is given in place of a result without data: it would send that as `next` and `complete`, which a client takes
 * for an operation that went well. Results that throw become an `error` message. Undefined for any other result.
 */
export const refusalOf = ({ data, errors }: ExecutionResult): AsyncIterableIterator<ExecutionResult> | undefined => {
  if (data !== undefined || errors === undefined) return undefined
  const refused: AsyncIterableIterator<ExecutionResult> = {
    next: () => Promise.reject(new Refusal(errors)),
    [Symbol.asyncIterator]: () => refused,
  }
  return refused
}

/** The errors of a refusal, which graphql-ws hands on as one. */
export const refusedWith = (error: GraphQLError): readonly GraphQLError[] =>
  error.originalError instanceof Refusal ? error.originalError.errors : [error]
