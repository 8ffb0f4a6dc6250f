import { type EnumType, type FieldType, KINDS } from '../types/types.ts'
import type { WireReader } from './wire-reader.ts'

/** Up to here thousandths of a float are further apart than its neighbours, so that one that rounds to it is the shortest. */
const MAX_THOUSANDTHS = 2048

/** A number, or the name of one that JSON has no number for. */
export const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

/** The shortest decimal that is this 32-bit float: 0.1, where its bits as a double are 0.10000000149011612. */
export const shortestFloat = (value: number): number | string => {
  if (Math.abs(value) <= MAX_THOUSANDTHS) {
    const rounded = Math.round(value * 1000) / 1000
    if (Math.fround(rounded) === value) return rounded
  }
  if (!Number.isFinite(value)) return String(value)
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return Number(value.toPrecision(9))
}

const NUMBER_BYTES = 8
const INT64_BYTES = 14

const readText = (reader: WireReader, field: FieldType, end: number): string => {
  const length = reader.length(end)
  reader.count(field.nameBytes + length + 3)
  return reader.text(length, field.isUtf8)
}

const readBytes = (reader: WireReader, field: FieldType, end: number): string => {
  const length = reader.length(end)
  reader.count(field.nameBytes + Math.ceil(length / 3) * 4 + 3)
  const start = reader.take(length, end)
  return reader.bytes.toString('base64', start, reader.at)
}

const readEnum = (reader: WireReader, { enumType, nameBytes }: FieldType): unknown => {
  reader.count(nameBytes + NUMBER_BYTES)
  const number = reader.varint() | 0
  if (enumType === null || enumType.isNull) return null
  return enumType.nameOf.get(number) ?? number
}

const readInt64 = (reader: WireReader, { kind, nameBytes }: FieldType, end: number): string => {
  reader.count(nameBytes + INT64_BYTES)
  switch (kind) {
    case KINDS.int64:
      return reader.int64()
    case KINDS.uint64:
      return reader.uint64()
    case KINDS.sint64:
      return reader.sint64()
    case KINDS.fixed64:
      return reader.fixed64(end)
    default:
      return reader.sfixed64(end)
  }
}

const readNumber = (reader: WireReader, { kind, nameBytes }: FieldType, end: number): unknown => {
  reader.count(nameBytes + NUMBER_BYTES)
  switch (kind) {
    case KINDS.int32:
      return reader.varint() | 0
    case KINDS.bool:
      return reader.isTrue()
    case KINDS.double:
      return jsonNumber(reader.bytes.readDoubleLE(reader.take(8, end)))
    case KINDS.uint32:
      return reader.varint()
    case KINDS.sint32: {
      const zigzag = reader.varint()
      return (zigzag >>> 1) ^ -(zigzag & 1)
    }
    case KINDS.float:
      return shortestFloat(reader.bytes.readFloatLE(reader.take(4, end)))
    case KINDS.fixed32:
      return reader.bytes.readUInt32LE(reader.take(4, end))
    default:
      return reader.bytes.readInt32LE(reader.take(4, end))
  }
}

/** Reads one value that is no message. The reader is after its tag. */
export const readScalar = (reader: WireReader, field: FieldType, end: number): unknown => {
  switch (field.kind) {
    case KINDS.string:
      return readText(reader, field, end)
    case KINDS.enum:
      return readEnum(reader, field)
    case KINDS.bytes:
      return readBytes(reader, field, end)
    case KINDS.int64:
    case KINDS.uint64:
    case KINDS.sint64:
    case KINDS.fixed64:
    case KINDS.sfixed64:
      return readInt64(reader, field, end)
    default:
      return readNumber(reader, field, end)
  }
}

/** A closed enum need not have a value of the number 0: its default is its first value. */
const defaultEnum = ({ isNull, isOpen, nameOf }: EnumType): unknown => {
  if (isNull) return null
  const [first] = nameOf.values()
  return (isOpen ? nameOf.get(0) : first) ?? 0
}

/** The value of a scalar that is not on the wire: of a map's entry or of a wrapper. */
export const defaultScalar = ({ kind, enumType }: FieldType): unknown => {
  switch (kind) {
    case KINDS.string:
    case KINDS.bytes:
      return ''
    case KINDS.bool:
      return false
    case KINDS.enum:
      return enumType === null ? 0 : defaultEnum(enumType)
    case KINDS.int64:
    case KINDS.uint64:
    case KINDS.sint64:
    case KINDS.fixed64:
    case KINDS.sfixed64:
      return '0'
    default:
      return 0
  }
}
