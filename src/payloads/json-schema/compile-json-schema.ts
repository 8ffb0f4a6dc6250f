import { isUtf8 } from 'node:buffer'
import { valueAt } from '../../kafka/json-path.ts'
import { parseExactJson } from '../formats/exact-json.ts'
import {
  DECODE_LIMITS,
  type Decoded,
  type DecodeOptions,
  DecodeProblem,
  type Encoded,
  EncodeProblem,
  type SchemaCodec,
  SchemaProblem,
  type SchemaText,
} from '../schema-codec.ts'
import { SchemaDocuments } from './schema/schema-documents.ts'
import { SchemaValidator } from './validation/validate.ts'
import { writeJson } from './write-json.ts'

/** Roughly the bytes of a value in JSON, if it is none that contains others. */
const scalarBytes = (value: unknown): number => (typeof value === 'string' ? value.length + 2 : 8)

class JsonSchemaCodec implements SchemaCodec {
  readonly #text: SchemaText
  #validator: SchemaValidator | undefined

  constructor(text: SchemaText) {
    this.#text = text
  }

  decode(bytes: Buffer, start: number, { path }: DecodeOptions): Decoded {
    const json = bytes.subarray(start)
    if (json.length > DECODE_LIMITS.jsonBytes)
      throw new DecodeProblem(`more than ${DECODE_LIMITS.jsonBytes} bytes of JSON`)
    if (!isUtf8(json)) throw new DecodeProblem('not valid UTF-8')
    const parsed = parseExactJson(json.toString('utf8'))
    if (parsed === undefined)
      throw new DecodeProblem(json.length === 0 ? 'empty' : 'not JSON text, or nested too deeply')
    const value = path === undefined ? parsed : valueAt(parsed, path)
    const isContainer = typeof value === 'object' && value !== null
    return { value, jsonBytes: isContainer ? json.length : scalarBytes(value) }
  }

  encode(value: unknown): Encoded {
    const numbers = this.#validated(value)
    return { bytes: Buffer.from(writeJson(value, numbers)), messageIndexes: null }
  }

  #validated(value: unknown): ReturnType<SchemaValidator['validate']> {
    try {
      this.#validator ??= new SchemaValidator(new SchemaDocuments(this.#text))
      return this.#validator.validate(value)
    } catch (thrown) {
      if (thrown instanceof SchemaProblem) throw new EncodeProblem('$', `the schema cannot be used: ${thrown.message}`)
      throw thrown
    }
  }
}

/**
 * Makes a codec of a JSON Schema of any draft from 4 to 2020-12. Reading does not look at the schema: producers checked what they
 * wrote, or did not mean to. Writing checks the value by interpreting the schema.
 */
export const compileJsonSchema = (text: SchemaText): SchemaCodec => new JsonSchemaCodec(text)
