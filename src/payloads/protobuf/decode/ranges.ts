import { DELIMITED, type FieldType, type MessageType } from '../types/types.ts'
import type { Range, WireReader } from './wire-reader.ts'

/** The bytes of each occurrence of these messages, in order, without reading what is in them. Groups are left out. */
export const collectRanges = (
  reader: WireReader,
  type: MessageType,
  within: readonly Range[],
  fields: ReadonlySet<FieldType>,
): ReadonlyMap<FieldType, readonly Range[]> => {
  const found = new Map<FieldType, Range[]>()
  const before = reader.at
  for (const { start, end } of within) {
    reader.at = start
    while (reader.at < end) {
      const tag = reader.varint()
      const field = type.field(tag >>> 3)
      if (field === undefined || !fields.has(field) || (tag & 7) !== DELIMITED) {
        reader.skip(tag, end)
        continue
      }
      const length = reader.length(end)
      reader.count(0)
      const range = { start: reader.at, end: reader.at + length }
      reader.at = range.end
      const list = found.get(field)
      if (list === undefined) found.set(field, [range])
      else list.push(range)
    }
    if (reader.at !== end) throw reader.truncated()
  }
  reader.at = before
  return found
}
