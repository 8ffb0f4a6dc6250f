import { KafkaError } from '../../kafka/kafka-error.ts'
import { isTooDeep } from '../message/exact-json.ts'
import { MAX_JSON_DEPTH, UnwritableJson } from '../scalars/json.ts'
import { inputType } from '../schema-part.ts'

/** A key, value or header value to write. */
export const PayloadInput = inputType('PayloadInput', {
  isOneOf: true,
  description: 'Bytes to write, given in exactly one of these forms.',
  fields: t => ({
    string: t.string({ description: 'As text: written as UTF-8.' }),
    json: t.field({
      type: 'JSON',
      description:
        'As a JSON value: written as compact JSON text. Whole numbers beyond ±9007199254740991 are refused, because JSON parsers round them: write those as `string`.',
    }),
    base64: t.field({ type: 'Bytes', description: 'As bytes in base64: for everything that is not text.' }),
  }),
})

/** The input as resolvers get it. */
export type PayloadInputShape = typeof PayloadInput.$inferInput

/** A surrogate without its other half: UTF-8 has no bytes for it, and encoders put "�" in its place in silence. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** The bytes of a text. @throws KafkaError INVALID_RECORD when it cannot be written in UTF-8. */
export const utf8 = (text: string): Buffer => {
  if (LONE_SURROGATE.test(text)) {
    throw new KafkaError('INVALID_RECORD', 'The text holds half a character (a lone surrogate): write it as base64.')
  }
  return Buffer.from(text, 'utf8')
}

const refuseRounded = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  if (Number.isFinite(value) && !Number.isInteger(value)) return value
  const problem = `The JSON holds the number ${value}, beyond what JSON parsers keep exactly (2^53 - 1): write the text as string.`
  throw new KafkaError('INVALID_RECORD', problem)
}

const tooDeep = (): KafkaError =>
  new KafkaError(
    'INVALID_RECORD',
    `The JSON is nested too deeply, more than ${MAX_JSON_DEPTH} levels: write the text as string.`,
  )

/** JSON.stringify recurses, so it runs out of stack some 5,000 levels down. @throws KafkaError INVALID_RECORD */
const stringified = (value: unknown): string => {
  try {
    return JSON.stringify(value, refuseRounded)
  } catch (thrown) {
    throw thrown instanceof RangeError ? tooDeep() : thrown
  }
}

/** @throws KafkaError INVALID_RECORD for a value that no JSON text holds exactly, or that is too deep. */
const jsonText = (value: unknown): string => {
  if (value instanceof UnwritableJson)
    throw new KafkaError('INVALID_RECORD', `The JSON cannot be written exactly: ${value.problem}.`)
  const text = stringified(value)
  if (isTooDeep(text)) throw tooDeep()
  return text
}

/** The bytes that an input stands for; null for none. @throws KafkaError INVALID_RECORD when they would not be exact. */
export const bytesOf = (input: PayloadInputShape | null | undefined): Buffer | null => {
  if (!input) return null
  if (typeof input.string === 'string') return utf8(input.string)
  return input.base64 ?? Buffer.from(jsonText(input.json), 'utf8')
}
