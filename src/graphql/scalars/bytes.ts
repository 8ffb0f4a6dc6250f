import { GraphQLError, GraphQLScalarType } from 'graphql'
import { literalParser } from './literal.ts'

const refuse = (): never => {
  throw new GraphQLError('Bytes takes standard base64 with padding, like "a2Fma2E=".')
}

const parseBytes = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64')
  // Node's decoder skips what it does not know: written back, the text must be the same, or bytes would change silently.
  return bytes.toString('base64') === text ? bytes : refuse()
}

/** Bytes: a Buffer inside, base64 outside. */
export const BytesScalar = new GraphQLScalarType<Buffer, string>({
  name: 'Bytes',
  description:
    'Bytes in standard base64 with padding ("a2Fma2E="), exact for every content: Kafka itself stores bytes only and knows no text. Other alphabets and missing padding are refused.',
  serialize: value => (Buffer.isBuffer(value) ? value.toString('base64') : refuse()),
  parseValue: value => (typeof value === 'string' ? parseBytes(value) : refuse()),
  parseLiteral: literalParser('Bytes', parseBytes),
})
