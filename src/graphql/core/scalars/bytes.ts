import { GraphQLError, GraphQLScalarType } from 'graphql'
import type { ScalarBytes } from '../json-bytes.ts'
import { literalParser } from './literal.ts'

const refuse = (): never => {
  throw new GraphQLError('Bytes takes standard base64 with padding, like "a2Fma2E=".')
}

const parseBytes = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64')
  // Node's decoder skips invalid characters. If encoding does not give the same text, the bytes would change silently.
  return bytes.toString('base64') === text ? bytes : refuse()
}

const writeBytes: ScalarBytes = (value, to) => {
  if (!Buffer.isBuffer(value)) return false
  to.base64(value)
  return true
}

/** Bytes: a Buffer in the server, base64 for clients. */
export const BytesScalar = new GraphQLScalarType<Buffer, string>({
  name: 'Bytes',
  description:
    'Bytes in standard base64 with padding ("a2Fma2E="). It is exact for any content, because Kafka itself stores only bytes, not text. Other alphabets and missing padding are refused.',
  extensions: { bytes: writeBytes },
  serialize: value => (Buffer.isBuffer(value) ? value.toString('base64') : refuse()),
  parseValue: value => (typeof value === 'string' ? parseBytes(value) : refuse()),
  parseLiteral: literalParser('Bytes', parseBytes),
})
