import { DecodeProblem, SchemaProblem } from '../../../schema-codec.ts'
import { isJsonObject, type JsonObject } from '../../decode/json-object.ts'
import { readMessage } from '../../decode/read-message.ts'
import { WireReader } from '../../decode/wire-reader.ts'
import { SCHEMA_FILES } from '../known/schema-files.ts'
import { type LinkedFiles, linkFiles } from '../link-files.ts'
import { parseFile } from '../parse-file.ts'

const FILE = 'google/protobuf/descriptor.proto'
const MESSAGE = 'google.protobuf.FileDescriptorProto'

/** A .proto text has spaces, semicolons or braces; base64 has none of them. */
const BASE64 = /^[A-Za-z0-9+/\r\n]+={0,2}$/

/**
 * True for a schema that is a descriptor in base64 instead of a .proto text. Trimming takes the white space at the end: as a
 * part of the expression, it would make a schema of newlines take quadratic time.
 */
export const isDescriptor = (schema: string): boolean => BASE64.test(schema.trim())

let known: LinkedFiles | undefined

/** The types of descriptors, linked on first use: few registries keep descriptors. */
const descriptorTypes = (): LinkedFiles => {
  known ??= linkFiles([{ declaration: parseFile(SCHEMA_FILES[FILE] ?? '', { count: () => {} }), isKnown: true }])
  return known
}

/** Decodes a descriptor, as Protobuf's JSON. @throws SchemaProblem */
export const readDescriptor = (schema: string): JsonObject => {
  const { messages } = descriptorTypes()
  const type = messages.get(MESSAGE)
  const bytes = Buffer.from(schema, 'base64')
  try {
    const value = type && readMessage(new WireReader(bytes, 0, messages), type, bytes.length, 1)
    if (isJsonObject(value)) return value
  } catch (thrown) {
    if (!(thrown instanceof DecodeProblem)) throw thrown
    throw new SchemaProblem(`the schema looks like a descriptor in base64 and cannot be read: ${thrown.message}`)
  }
  throw new SchemaProblem('the schema looks like a descriptor in base64 and cannot be read')
}
