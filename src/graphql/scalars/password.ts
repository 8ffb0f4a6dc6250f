import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const refuse = (): never => {
  throw new GraphQLError('Password takes a string.')
}

/** A secret text that is taken and never told: no error about it repeats it. */
export const PasswordScalar = new GraphQLScalarType<string, never>({
  name: 'Password',
  description:
    'A secret. It is only ever taken, as a string; no answer, error or log line holds it. Send it as a variable, never inside the document: documents are kept for reuse.',
  serialize: refuse,
  parseValue: value => (typeof value === 'string' ? value : refuse()),
  parseLiteral: node => (node.kind === Kind.STRING ? node.value : refuse()),
})
