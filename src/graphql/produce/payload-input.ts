import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { isTooDeep, MAX_JSON_DEPTH } from '../../kafka/payload/json-depth.ts'
import { UnwritableJson } from '../core/scalars/json.ts'
import { inputType } from '../core/schema-part.ts'

export const PayloadInput = inputType('PayloadInput', {
  isOneOf: true,
  description: 'Bytes to write, given in exactly one of these forms.',
  fields: t => ({
    string: t.string({ description: 'Text, written as UTF-8.' }),
    json: t.field({
      type: 'JSON',
      description:
        'A JSON value, written as compact JSON text. Whole numbers beyond ±9007199254740991 are refused, because JSON parsers round them: write those as `string`.',
    }),
    base64: t.field({ type: 'Bytes', description: 'Bytes in base64, for anything that is not text.' }),
  }),
})

export type PayloadInputShape = typeof PayloadInput.$inferInput

/** Half of a surrogate pair. UTF-8 cannot encode it, and encoders silently replace it with "�". */
const LONE_SURROGATE = /\p{Surrogate}/u

/** The text's bytes in UTF-8. @throws KafkaError INVALID_RECORD when UTF-8 cannot encode it. */
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

/** JSON.stringify recurses, so it overflows the stack at about 5,000 levels. @throws KafkaError INVALID_RECORD */
const stringified = (value: unknown): string => {
  try {
    return JSON.stringify(value, refuseRounded)
  } catch (thrown) {
    throw thrown instanceof RangeError ? tooDeep() : thrown
  }
}

/** @throws KafkaError INVALID_RECORD for a value that JSON text cannot hold exactly, or that is nested too deeply. */
const jsonText = (value: unknown): string => {
  if (value instanceof UnwritableJson)
    throw new KafkaError('INVALID_RECORD', `The JSON cannot be written exactly: ${value.problem}.`)
  const text = stringified(value)
  if (isTooDeep(text)) throw tooDeep()
  return text
}

/** The bytes of an input; null for none. @throws KafkaError INVALID_RECORD when they would not be exact. */
export const bytesOf = (input: PayloadInputShape | null | undefined): Buffer | null => {
  if (!input) return null
  if (typeof input.string === 'string') return utf8(input.string)
  return input.base64 ?? Buffer.from(jsonText(input.json), 'utf8')
}
