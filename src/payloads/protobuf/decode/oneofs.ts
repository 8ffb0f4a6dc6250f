import type { FieldType, MessageType } from '../types/types.ts'
import { type JsonObject, setOwn } from './json-object.ts'
import { collectRanges } from './ranges.ts'
import { WireReader } from './wire-reader.ts'

/** What is kept of a message beside its values while it is read. */
export interface Reading {
  /** The member that each oneof has so far. */
  readonly chosen: (FieldType | undefined)[]
  /** Fields of well-known types that came more than once. */
  readonly again: Set<FieldType>
}

/** True for a field that needs it. */
export const needsReading = ({ oneof, message }: FieldType): boolean =>
  oneof !== -1 || (message !== null && message.wellKnown !== null)

/** True for a field that changes the value of the only one that is wanted: the members of a oneof replace each other. */
export const matters = (field: FieldType, only: FieldType): boolean =>
  field === only || (only.oneof !== -1 && field.oneof === only.oneof)

/** A member of a oneof replaces the member before it. */
export const choose = (target: JsonObject, field: FieldType, { chosen, again }: Reading): void => {
  const before = chosen[field.oneof]
  chosen[field.oneof] = field
  if (before === undefined || before === field) return
  delete target[before.jsonName]
  again.delete(before)
}

type ReadMessage = (reader: WireReader, type: MessageType, end: number, depth: number) => unknown

/** Reads well-known types that came more than once again from all their bytes, which merges them. */
export const mergeAgain = (
  reader: WireReader,
  type: MessageType,
  target: JsonObject,
  start: number,
  depth: number,
  reading: Reading | undefined,
  read: ReadMessage,
): void => {
  if (reading === undefined || reading.again.size === 0) return
  const ranges = collectRanges(reader, type, [{ start, end: reader.at }], reading.again)
  for (const [field, parts] of ranges) {
    if (field.message === null) continue
    const bytes = Buffer.concat(parts.map(range => reader.bytes.subarray(range.start, range.end)))
    const merging = new WireReader(bytes, 0, reader.types)
    setOwn(target, field.jsonName, read(merging, field.message, bytes.length, depth + 1))
    reader.count(merging.jsonBytes)
  }
}
