import { compileJsonSchema } from '../../../src/payloads/json-schema/compile-json-schema.ts'
import { EncodeProblem, type SchemaCodec, type SchemaText } from '../../../src/payloads/schema-codec.ts'

/** A codec of a schema, given as a value or as text. */
export const codecOf = (schema: unknown, references: SchemaText['references'] = []): SchemaCodec =>
  compileJsonSchema({
    schemaType: 'JSON',
    schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
    references,
  })

/** What is wrong with a value: the path and the problem; null if it fits. */
export const problemOf = (codec: SchemaCodec, value: unknown): string | null => {
  try {
    codec.encode(value)
    return null
  } catch (thrown) {
    if (thrown instanceof EncodeProblem) return `${thrown.path}: ${thrown.message}`
    throw thrown
  }
}
