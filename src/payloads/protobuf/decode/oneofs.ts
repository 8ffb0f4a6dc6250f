import type { FieldType, MessageType } from '../types/types.ts'
import { type JsonObject, setOwn } from './json-object.ts'
import type { Range, WireReader } from './wire-reader.ts'

/** What is kept of a message beside its values while it is read. */
export interface Reading {
  /** The member that each oneof has so far. */
  readonly chosen: (FieldType | undefined)[]
  /**
   * The bytes of fields of well-known types. They are read once, after all of them came: reading them again for each that came
   * twice doubles the work with every level of Any.
   */
  readonly later: Map<FieldType, Range[]>
}

/** True for a field that needs it. */
export const needsReading = ({ oneof, message }: FieldType): boolean =>
  oneof !== -1 || (message !== null && message.wellKnown !== null)

/** True for a field that changes the value of the only one that is wanted: the members of a oneof replace each other. */
export const matters = (field: FieldType, only: FieldType): boolean =>
  field === only || (only.oneof !== -1 && field.oneof === only.oneof)

/** A member of a oneof replaces the member before it. */
export const choose = (target: JsonObject, field: FieldType, { chosen, later }: Reading): void => {
  const before = chosen[field.oneof]
  chosen[field.oneof] = field
  if (before === undefined || before === field) return
  delete target[before.jsonName]
  later.delete(before)
}

type ReadMessage = (reader: WireReader, type: MessageType, end: number, depth: number) => unknown

/** Keeps the bytes of a well-known type for the end of the message. Its place among the fields is that of its first bytes. */
export const keepForLater = (target: JsonObject, field: FieldType, range: Range, { later }: Reading): void => {
  const ranges = later.get(field)
  if (ranges !== undefined) {
    ranges.push(range)
    return
  }
  later.set(field, [range])
  setOwn(target, field.jsonName, null)
}

/** Reads the well-known types of a message from all their bytes, which merges those that came more than once. */
export const readLater = (
  reader: WireReader,
  target: JsonObject,
  depth: number,
  { later }: Reading,
  read: ReadMessage,
): void => {
  for (const [{ message, jsonName }, ranges] of later) {
    if (message === null) continue
    const value = reader.readRanges(ranges, (joined, end) => read(joined, message, end, depth + 1))
    setOwn(target, jsonName, value)
  }
}
