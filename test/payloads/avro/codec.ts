import { compileAvro } from '../../../src/payloads/avro/compile-avro.ts'
import type { SchemaCodec } from '../../../src/payloads/schema-codec.ts'

/** The codec of a schema that is given as JSON, with the schemas that it refers to. */
export const codecOf = (schema: unknown, references: readonly unknown[] = []): SchemaCodec =>
  compileAvro({
    schemaType: 'AVRO',
    schema: JSON.stringify(schema),
    references: references.map((one, index) => ({ name: `reference-${index}`, schema: JSON.stringify(one) })),
  })

/** The value of bytes that are given as hexadecimal digits. */
export const decoded = (schema: unknown, hex: string): unknown =>
  codecOf(schema).decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, {}).value

/** The bytes of a value as hexadecimal digits. */
export const encoded = (schema: unknown, value: unknown): string => codecOf(schema).encode(value).bytes.toString('hex')
