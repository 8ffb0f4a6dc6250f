import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const refuse = (): never => {
  throw new GraphQLError('Password takes a string.')
}

/** A secret that only goes in: no response and no error repeats it. */
export const PasswordScalar = new GraphQLScalarType<string, never>({
  name: 'Password',
  description:
    'A secret string. It is only accepted, never returned: no response, error or log line contains it. Send it as a variable, never in the document, because the server caches documents.',
  serialize: refuse,
  parseValue: value => (typeof value === 'string' ? value : refuse()),
  parseLiteral: node => (node.kind === Kind.STRING ? node.value : refuse()),
})
