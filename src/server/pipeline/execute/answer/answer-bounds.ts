import { GraphQLError } from 'graphql'

/** Limits of an answer. */
export interface AnswerLimits {
  /** Bytes of its JSON. */
  readonly maxBytes: number
  /** The most errors listed; further ones are only counted. */
  readonly maxErrors: number
  /** An answer with more bytes needs one of the permits for large answers. */
  readonly largeBytes: number
}

/** The error of an answer beyond its byte limit (MAX_RESPONSE_BYTES). */
export const tooManyBytes = (maxBytes: number, isMutation: boolean): GraphQLError =>
  new GraphQLError(
    [
      `The answer is larger than ${maxBytes} bytes: ask for smaller pages (first), filter, or select less.`,
      ...(isMutation ? ['What was changed stays changed, and nothing after it was begun.'] : []),
    ].join(' '),
    { extensions: { code: 'RESPONSE_TOO_LARGE', maxBytes } },
  )

/** The error of a large answer while too many others wait. */
export const tooManyLarge = (): GraphQLError =>
  new GraphQLError('Too many large answers are under way: try again later, or ask for smaller pages (first).', {
    extensions: { code: 'BUSY' },
  })

/** The error that ends an operation whose client has left. */
export const givenUp = (): GraphQLError =>
  new GraphQLError('Given up by its client.', { extensions: { code: 'CANCELLED' } })

/** True for the error of an answer that is too large, from the executor or from a resolver. */
export const isTooLarge = (thrown: unknown): boolean =>
  thrown instanceof GraphQLError && thrown.extensions.code === 'RESPONSE_TOO_LARGE'
