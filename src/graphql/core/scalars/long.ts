import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { shown } from '../../../kafka/text.ts'
import type { ScalarBytes } from '../json-bytes.ts'
import { literalParser } from './literal.ts'

const MAX = 2n ** 63n - 1n
const MIN = -(2n ** 63n)
const DIGITS = /^-?\d{1,19}$/

const inRange = (value: bigint): bigint => {
  if (value < MIN || value > MAX) throw new GraphQLError(`Long has 64 bits: ${value} is outside ${MIN} to ${MAX}.`)
  return value
}

const fromText = (text: string): bigint => {
  if (!DIGITS.test(text)) throw new GraphQLError(`Long takes a whole number, as "42" or 42, not ${shown(text)}.`)
  return inRange(BigInt(text))
}

const fromInput = (value: unknown): bigint => {
  if (typeof value === 'string') return fromText(value)
  if (typeof value === 'bigint') return inRange(value)
  // Above 2^53 the JSON parser has already rounded the number, so it is refused.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  throw new GraphQLError(`Long takes a whole number; above 2^53 only as a string. Given: ${shown(value)}.`)
}

const writeLong: ScalarBytes = (value, to) => {
  if (typeof value !== 'bigint') return false
  to.digits(value)
  return true
}

/** A 64-bit integer: `bigint` in the server, a decimal string for clients. */
export const LongScalar = new GraphQLScalarType<bigint, string>({
  name: 'Long',
  description:
    'A 64-bit signed integer, always sent as a decimal string ("9007199254740993"), because JSON numbers are exact only up to 2^53. It accepts a string or an Int. Offsets, sizes and epoch milliseconds are Longs.',
  serialize: value => String(value),
  extensions: { bytes: writeLong },
  parseValue: fromInput,
  parseLiteral: literalParser('Long', fromText, [Kind.INT, Kind.STRING]),
})
