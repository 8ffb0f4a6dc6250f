import { GraphQLError, GraphQLScalarType } from 'graphql'
import type { ScalarBytes } from '../json-bytes.ts'
import { literalParser } from './literal.ts'

const refuse = (): never => {
  throw new GraphQLError('Cursor takes the text of a cursor that this API issued.')
}

const writeCursor: ScalarBytes = (value, to) => {
  if (typeof value !== 'string') return false
  to.string(value)
  return true
}

/** An opaque position. Any text passes here; the resolver that reads it reports INVALID_CURSOR. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description:
    'An opaque position. Store it and pass it back unchanged. A list cursor continues that list; a message cursor resumes a subscription after that message, on any instance of this API and after any restart.',
  serialize: value => String(value),
  extensions: { bytes: writeCursor },
  parseValue: value => (typeof value === 'string' ? value : refuse()),
  parseLiteral: literalParser('Cursor', text => text),
})
