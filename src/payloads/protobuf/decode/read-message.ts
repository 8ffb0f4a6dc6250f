import { DecodeProblem } from '../../schema-codec.ts'
import { DELIMITED, END_GROUP, type FieldType, type MessageType, START_GROUP } from '../types/types.ts'
import { isJsonObject, type JsonObject, ownValue, setOwn } from './json-object.ts'
import { choose, keepForLater, matters, needsReading, type Reading, readLater } from './oneofs.ts'
import { defaultScalar, readScalar } from './read-scalar.ts'
import { readWellKnown } from './well-known.ts'
import { checkDepth, type Range, type WireReader } from './wire-reader.ts'

/** Reads one message up to `end`. */
export const readMessage = (reader: WireReader, type: MessageType, end: number, depth: number): unknown => {
  if (type.wellKnown !== null) return readWellKnown(reader, type, end, depth, readMessage)
  const target: JsonObject = {}
  readFields(reader, type, target, end, -1, depth, null)
  return target
}

/**
 * Reads the fields of a message into an object that may have some already: a message that comes twice is merged. `groupEnd` is the
 * tag that ends a group; -1 for a message whose length is known. `only` is the only field that is wanted.
 */
export const readFields = (
  reader: WireReader,
  type: MessageType,
  target: JsonObject,
  end: number,
  groupEnd: number,
  depth: number,
  only: FieldType | null,
): void => {
  checkDepth(depth)
  let reading: Reading | undefined
  while (reader.at < end) {
    const tag = reader.varint()
    if (tag === groupEnd) {
      if (reading !== undefined) readLater(reader, target, depth, reading, readMessage)
      return
    }
    const field = type.field(tag >>> 3)
    if (field === undefined || (only !== null && !matters(field, only))) {
      skipUnknown(reader, tag, end)
    } else if (tag === field.simpleTag) {
      target[field.jsonName] = readScalar(reader, field, end)
    } else {
      if (reading === undefined && needsReading(field)) reading = { chosen: [], later: new Map() }
      readOther(reader, field, target, tag, end, depth, reading)
    }
  }
  if (reader.at !== end || groupEnd !== -1) throw reader.truncated()
  if (reading !== undefined) readLater(reader, target, depth, reading, readMessage)
}

const skipUnknown = (reader: WireReader, tag: number, end: number): void => {
  if (tag >>> 3 === 0) throw new DecodeProblem(`the field number before byte ${reader.at} is 0`)
  reader.skip(tag, end)
}

/** Reads what is no singular scalar: lists, maps, messages and members of a oneof. */
const readOther = (
  reader: WireReader,
  field: FieldType,
  target: JsonObject,
  tag: number,
  end: number,
  depth: number,
  reading: Reading | undefined,
): void => {
  if (field.isRepeated) {
    readRepeated(reader, field, target, tag, end, depth)
    return
  }
  if (!isTagOf(field, tag)) {
    reader.skip(tag, end)
    return
  }
  if (reading !== undefined && field.oneof !== -1) choose(target, field, reading)
  if (field.message === null) {
    setOwn(target, field.jsonName, readScalar(reader, field, end))
    return
  }
  if (reading !== undefined && field.message.wellKnown !== null) {
    reader.count(field.nameBytes + 2)
    keepForLater(target, field, rangeOf(reader, tag, end), reading)
    return
  }
  const before = ownValue(target, field)
  setOwn(target, field.jsonName, readInner(reader, field, field.message, tag, end, depth, before))
}

const isTagOf = (field: FieldType, tag: number): boolean => {
  if (field.message === null) return tag === field.tag
  const wireType = tag & 7
  return wireType === DELIMITED || wireType === START_GROUP
}

const readInner = (
  reader: WireReader,
  field: FieldType,
  type: MessageType,
  tag: number,
  end: number,
  depth: number,
  before: unknown,
): unknown => {
  reader.count(field.nameBytes + 2)
  if (type.wellKnown !== null) {
    const range = rangeOf(reader, tag, end)
    const after = reader.at
    reader.at = range.start
    const value = readWellKnown(reader, type, range.end, depth + 1, readMessage)
    reader.at = after
    return value
  }
  const isGroup = (tag & 7) === START_GROUP
  const inner = isJsonObject(before) ? before : {}
  const innerEnd = isGroup ? end : innerEndOf(reader, end)
  readFields(reader, type, inner, innerEnd, isGroup ? tag - START_GROUP + END_GROUP : -1, depth + 1, null)
  return inner
}

const innerEndOf = (reader: WireReader, end: number): number => {
  const length = reader.length(end)
  return reader.at + length
}

/** The bytes of an inner message. The reader passes them without reading its fields. */
const rangeOf = (reader: WireReader, tag: number, end: number): Range => {
  if ((tag & 7) !== START_GROUP) {
    const stop = innerEndOf(reader, end)
    const range = { start: reader.at, end: stop }
    reader.at = stop
    return range
  }
  const start = reader.at
  reader.skip(tag, end)
  return { start, end: reader.at - tagBytes(tag) }
}

const tagBytes = (tag: number): number => Math.max(1, Math.ceil((32 - Math.clz32(tag)) / 7))

const listOf = (target: JsonObject, field: FieldType): unknown[] => {
  const before = ownValue(target, field)
  if (Array.isArray(before)) return before
  const list: unknown[] = []
  setOwn(target, field.jsonName, list)
  return list
}

const readRepeated = (
  reader: WireReader,
  field: FieldType,
  target: JsonObject,
  tag: number,
  end: number,
  depth: number,
): void => {
  if (field.key !== null && field.value !== null && tag === field.tag)
    readEntry(reader, field.key, field.value, mapOf(target, field), end, depth)
  else if (tag === field.packedTag) readPacked(reader, field, listOf(target, field), end)
  else if (field.key !== null || !isTagOf(field, tag)) reader.skip(tag, end)
  else readItems(reader, field, listOf(target, field), tag, end, depth)
}

/** Reads an item and those of the same field that follow it. */
const readItems = (
  reader: WireReader,
  field: FieldType,
  list: unknown[],
  tag: number,
  end: number,
  depth: number,
): void => {
  const { message } = field
  do
    list.push(
      message === null ? readScalar(reader, field, end) : readInner(reader, field, message, tag, end, depth, undefined),
    )
  while (reader.takeTag(tag, end))
}

const readPacked = (reader: WireReader, field: FieldType, list: unknown[], end: number): void => {
  const stop = innerEndOf(reader, end)
  while (reader.at < stop) list.push(readScalar(reader, field, stop))
  if (reader.at !== stop) throw reader.truncated()
}

const mapOf = (target: JsonObject, field: FieldType): JsonObject => {
  const before = ownValue(target, field)
  if (isJsonObject(before)) return before
  const map: JsonObject = {}
  setOwn(target, field.jsonName, map)
  return map
}

const readEntry = (
  reader: WireReader,
  keyField: FieldType,
  valueField: FieldType,
  map: JsonObject,
  end: number,
  depth: number,
): void => {
  const stop = innerEndOf(reader, end)
  const { message } = valueField
  let key: unknown
  let value: unknown
  while (reader.at < stop) {
    const tag = reader.varint()
    if (tag === keyField.tag) key = readScalar(reader, keyField, stop)
    else if (tag >>> 3 !== 2 || !isTagOf(valueField, tag)) skipUnknown(reader, tag, stop)
    else if (message === null) value = readScalar(reader, valueField, stop)
    else
      value = readInner(reader, valueField, message, tag, stop, depth, message.wellKnown === null ? value : undefined)
  }
  if (reader.at !== stop) throw reader.truncated()
  if (value === undefined)
    value = message === null ? defaultScalar(valueField) : readMessage(reader, message, stop, depth + 1)
  setOwn(map, String(key ?? defaultScalar(keyField)), value)
}
