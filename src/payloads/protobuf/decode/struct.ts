import { TAG_1_BYTES, TAG_2_BYTES, VALUE_TAGS } from '../types/well-known-tags.ts'
import { type JsonObject, setOwn } from './json-object.ts'
import { jsonNumber } from './read-scalar.ts'
import { checkDepth, type WireReader } from './wire-reader.ts'

const endOf = (reader: WireReader, end: number): number => {
  const length = reader.length(end)
  return reader.at + length
}

const checkEnd = (reader: WireReader, end: number): void => {
  if (reader.at !== end) throw reader.truncated()
}

const readText = (reader: WireReader, end: number): string => {
  const length = reader.length(end)
  reader.count(length + 3)
  return reader.text(length, true)
}

const readEntry = (reader: WireReader, target: JsonObject, end: number, depth: number): void => {
  let name = ''
  let value: unknown = null
  while (reader.at < end) {
    const tag = reader.varint()
    if (tag === TAG_1_BYTES) name = readText(reader, end)
    else if (tag === TAG_2_BYTES) value = readValue(reader, endOf(reader, end), depth + 1)
    else reader.skip(tag, end)
  }
  checkEnd(reader, end)
  setOwn(target, name, value)
}

/** google.protobuf.Struct: a JSON object. */
export const readStruct = (reader: WireReader, end: number, depth: number): JsonObject => {
  checkDepth(depth)
  const target: JsonObject = {}
  while (reader.at < end) {
    const tag = reader.varint()
    if (tag === TAG_1_BYTES) readEntry(reader, target, endOf(reader, end), depth)
    else reader.skip(tag, end)
  }
  checkEnd(reader, end)
  return target
}

/** google.protobuf.ListValue: a JSON list. */
export const readListValue = (reader: WireReader, end: number, depth: number): unknown[] => {
  checkDepth(depth)
  const list: unknown[] = []
  while (reader.at < end) {
    const tag = reader.varint()
    if (tag === TAG_1_BYTES) list.push(readValue(reader, endOf(reader, end), depth + 1))
    else reader.skip(tag, end)
  }
  checkEnd(reader, end)
  return list
}

const readKind = (reader: WireReader, tag: number, end: number, depth: number): unknown => {
  switch (tag) {
    case VALUE_TAGS.null:
      reader.varint()
      return null
    case VALUE_TAGS.number:
      return jsonNumber(reader.bytes.readDoubleLE(reader.take(8, end)))
    case VALUE_TAGS.string:
      return readText(reader, end)
    case VALUE_TAGS.bool:
      return reader.isTrue()
    case VALUE_TAGS.struct:
      return readStruct(reader, endOf(reader, end), depth + 1)
    case VALUE_TAGS.list:
      return readListValue(reader, endOf(reader, end), depth + 1)
    default:
      reader.skip(tag, end)
      return undefined
  }
}

/** google.protobuf.Value: any JSON value. One without a kind is null. */
export const readValue = (reader: WireReader, end: number, depth: number): unknown => {
  checkDepth(depth)
  reader.count(6)
  let value: unknown = null
  while (reader.at < end) {
    const read = readKind(reader, reader.varint(), end, depth)
    if (read !== undefined) value = read
  }
  checkEnd(reader, end)
  return value
}
