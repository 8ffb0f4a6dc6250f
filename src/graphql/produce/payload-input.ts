import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { isTooDeep, MAX_JSON_DEPTH } from '../../kafka/payload/json-depth.ts'
import { UnwritableJson } from '../core/scalars/json.ts'
import { inputType } from '../core/schema-part.ts'

export const SchemaEncodedInput = inputType('SchemaEncodedInput', {
  description:
    'A value to write by a schema of the registry, framed as Confluent’s serializers do it: a zero byte, the id of the schema, the encoded value. By default the schema is the latest version of the subject `<topic>-value` (for a key `<topic>-key`). The schema must be registered: `registerSchema` does that.',
  fields: t => ({
    data: t.field({
      type: 'JSON',
      required: true,
      description:
        'The value as JSON, in the form in which `MessagePayload.json` shows it. Write whole numbers beyond ±9007199254740991 and decimals as strings, and bytes in base64. A value that does not fit the schema is refused with INVALID_RECORD and the path of the field.',
    }),
    subject: t.string({
      description:
        'The subject of the schema, such as `shop.Order` (RecordName) or `orders-shop.Order` (TopicRecordName). Required for a header unless `schemaId` is given.',
    }),
    schemaId: t.int({ description: 'The id of the schema, instead of subject and version.' }),
    version: t.int({ description: 'The version of the subject. Default: the latest.' }),
    messageName: t.string({
      description:
        'Protobuf: the message of the .proto file, such as `shop.Order.Line`. Default: the first one. Other languages have no such choice.',
    }),
  }),
})

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
    base64: t.field({
      type: 'Bytes',
      description:
        'Bytes in base64, for anything that is not text. What was read as `base64` is written again byte for byte, with its framing.',
    }),
    avro: t.field({ type: SchemaEncodedInput, description: 'A value to write by an Avro schema.' }),
    protobuf: t.field({ type: SchemaEncodedInput, description: 'A value to write by a Protobuf schema.' }),
    jsonSchema: t.field({ type: SchemaEncodedInput, description: 'A JSON value to check by a JSON Schema and write.' }),
    int64: t.field({
      type: 'Long',
      description: 'A whole number, written as 8 bytes, most significant first, as Kafka’s LongSerializer does.',
    }),
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

const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

/**
 * The bytes of an input that needs no schema; null for none. `schema-encoded.ts` encodes the others.
 * @throws KafkaError INVALID_RECORD when the bytes would not be exact.
 */
export const bytesOf = (input: PayloadInputShape | null | undefined): Buffer | null => {
  if (!input) return null
  if (typeof input.string === 'string') return utf8(input.string)
  if (typeof input.int64 === 'bigint') return int64(input.int64)
  return input.base64 ?? Buffer.from(jsonText(input.json), 'utf8')
}
