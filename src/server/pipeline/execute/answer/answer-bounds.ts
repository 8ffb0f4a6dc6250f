import { GraphQLError } from 'graphql'

/** How large an answer may become. */
export interface AnswerLimits {
  /** Bytes of its JSON. */
  readonly maxBytes: number
  /** Errors that are listed one by one. */
  readonly maxErrors: number
  /** Bytes from which an answer needs one of the permits for large answers. */
  readonly largeBytes: number
}

/** The refusal of an answer that passes its limit. */
export const tooManyBytes = (maxBytes: number, isMutation: boolean): GraphQLError =>
  new GraphQLError(
    [
      `The answer is larger than ${maxBytes} bytes: ask for smaller pages (first), filter, or select less.`,
      ...(isMutation ? ['What was changed stays changed, and nothing after it was begun.'] : []),
    ].join(' '),
    { extensions: { code: 'RESPONSE_TOO_LARGE', maxBytes } },
  )

/** The refusal of a large answer while too many others wait. */
export const tooManyLarge = (): GraphQLError =>
  new GraphQLError('Too many large answers are under way: try again later, or ask for smaller pages (first).', {
    extensions: { code: 'BUSY' },
  })

/** The end of an operation that nobody waits for. */
export const givenUp = (): GraphQLError =>
  new GraphQLError('Given up by its client.', { extensions: { code: 'CANCELLED' } })

/** True for the refusal of an answer that is too large, by the executor or by a resolver. */
export const isTooLarge = (thrown: unknown): boolean =>
  thrown instanceof GraphQLError && thrown.extensions.code === 'RESPONSE_TOO_LARGE'
