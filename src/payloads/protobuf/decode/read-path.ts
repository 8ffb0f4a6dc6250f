import { type JsonPath, valueAt } from '../../../kafka/payload/json-path.ts'
import { DELIMITED, type FieldType, type MessageType } from '../types/types.ts'
import type { JsonObject } from './json-object.ts'
import { collectRanges } from './ranges.ts'
import { readFields, readMessage } from './read-message.ts'
import type { Range, WireReader } from './wire-reader.ts'

/**
 * True if the next step can be taken without building the message: its JSON has its fields, and nothing else on the wire can
 * replace it.
 */
const isPassable = (field: FieldType): boolean =>
  field.message !== null &&
  field.message.wellKnown === null &&
  field.key === null &&
  field.oneof === -1 &&
  field.wireType === DELIMITED

/** Reads the value at a path. Only that field is built: the others are passed by their lengths. Undefined if it is absent. */
export const readPath = (reader: WireReader, root: MessageType, end: number, path: JsonPath): unknown => {
  let type = root
  let ranges: readonly Range[] = [{ start: reader.at, end }]
  for (let step = 0; step < path.length; step++) {
    const name = path[step]
    const field = typeof name === 'string' ? type.fieldNamed(name) : undefined
    if (field === undefined || field.jsonName !== name) return undefined
    if (field.message === null || step === path.length - 1 || !isPassable(field))
      return readOne(reader, type, field, ranges, path.slice(step))
    ranges = collectRanges(reader, type, ranges, new Set([field])).get(field) ?? []
    if (field.isRepeated) ranges = itemOf(ranges, path[++step])
    if (ranges.length === 0) return undefined
    type = field.message
  }
  return wholeOf(reader, type, ranges)
}

const itemOf = (ranges: readonly Range[], index: string | number | undefined): readonly Range[] => {
  const range = typeof index === 'number' ? ranges[index] : undefined
  return range === undefined ? [] : [range]
}

/** The bytes of all occurrences are those of the merged message. */
const wholeOf = (reader: WireReader, type: MessageType, ranges: readonly Range[]): unknown =>
  reader.readRanges(ranges, (inner, end) => readMessage(inner, type, end, 1))

const readOne = (
  reader: WireReader,
  type: MessageType,
  field: FieldType,
  ranges: readonly Range[],
  path: JsonPath,
): unknown => {
  const target: JsonObject = {}
  reader.readRanges(ranges, (inner, end) => readFields(inner, type, target, end, -1, 1, field))
  return valueAt(target, path)
}
