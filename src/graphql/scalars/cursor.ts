import { GraphQLError, GraphQLScalarType } from 'graphql'
import { literalParser } from './literal.ts'

const refuse = (): never => {
  throw new GraphQLError('Cursor takes the text of a cursor that this API gave out.')
}

/** An opaque position. Any text passes here: whoever resumes from it says INVALID_CURSOR. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description:
    'An opaque position, to be stored and given back as it is. A cursor of a list continues that list; a cursor of a message resumes a subscription after that message, on any instance of this API and after any restart.',
  serialize: value => String(value),
  parseValue: value => (typeof value === 'string' ? value : refuse()),
  parseLiteral: literalParser('Cursor', text => text),
})
