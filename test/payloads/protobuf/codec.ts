import { compileProtobuf } from '../../../src/payloads/protobuf/compile-protobuf.ts'
import type { SchemaCodec, SchemaText } from '../../../src/payloads/schema-codec.ts'

/** A codec of a .proto text. */
export const codecOf = (schema: string, references: SchemaText['references'] = []): SchemaCodec =>
  compileProtobuf({ schemaType: 'PROTOBUF', schema, references })

/** A codec of a proto3 text without its first line. */
export const proto3 = (schema: string): SchemaCodec => codecOf(`syntax = "proto3";\n${schema}`)

/** Bytes in hexadecimal, which may have spaces. */
export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The value that bytes in hexadecimal have. */
export const decoded = (codec: SchemaCodec, text: string): unknown => codec.decode(hex(text), 0, {}).value
