import type { JsonPath } from '../../kafka/payload/json-path.ts'
import type { Decoded, DecodeOptions, Encoded, SchemaCodec, SchemaText } from '../schema-codec.ts'
import { cursor } from './binary/cursor.ts'
import { writer } from './binary/writer.ts'
import { buildCodec } from './codecs/build-codec.ts'
import type { TypeCodec } from './codecs/type-codec.ts'
import { parseSchema } from './schema/parse-schema.ts'

const ROOT: JsonPath = []

const decode = (root: TypeCodec, bytes: Buffer, start: number, { path = ROOT }: DecodeOptions): Decoded => {
  try {
    const isWhole = path.length === 0
    cursor.begin(bytes, start, isWhole)
    cursor.count(1, isWhole ? root.jsonBytes : 0)
    const value = isWhole ? root.read() : root.readAt(path, 0)
    return { value, jsonBytes: cursor.end(), work: cursor.work }
  } finally {
    cursor.release()
  }
}

const encode = (root: TypeCodec, value: unknown): Encoded => {
  try {
    writer.begin()
    root.write(value)
    return { bytes: writer.end(), messageIndexes: null }
  } finally {
    writer.release()
  }
}

/** The codec of an Avro schema. No code is generated from the schema. @throws SchemaProblem */
export const compileAvro = (text: SchemaText): SchemaCodec => {
  const root = buildCodec(parseSchema(text))
  return {
    decode: (bytes, start, options) => decode(root, bytes, start, options),
    encode: value => encode(root, value),
  }
}
