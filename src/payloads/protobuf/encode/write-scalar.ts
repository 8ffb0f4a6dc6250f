import type { Place } from '../../value-place.ts'
import { type FieldType, KINDS } from '../types/types.ts'
import { booleanOf, bytesOf, enumOf, integerOf, numberOf, textOf } from './scalar-values.ts'
import type { WireWriter } from './wire-writer.ts'

const MIN_INT32 = -2147483648n
const MAX_INT32 = 2147483647n
const MAX_UINT32 = 4294967295n
const MIN_INT64 = -9223372036854775808n
const MAX_INT64 = 9223372036854775807n
const MAX_UINT64 = 18446744073709551615n

/** A value as the wire has it. */
export type WireValue = bigint | number | boolean | string | Buffer

const signed = (value: unknown, bits: 32 | 64, place: Place): bigint =>
  bits === 32 ? integerOf(value, MIN_INT32, MAX_INT32, place) : integerOf(value, MIN_INT64, MAX_INT64, place)

const unsigned = (value: unknown, bits: 32 | 64, place: Place): bigint =>
  integerOf(value, 0n, bits === 32 ? MAX_UINT32 : MAX_UINT64, place)

/** Checks a value that is no message. @throws EncodeProblem */
export const scalarOf = (field: FieldType, value: unknown, place: Place): WireValue => {
  switch (field.kind) {
    case KINDS.string:
      return textOf(value, place)
    case KINDS.bytes:
      return bytesOf(value, place)
    case KINDS.bool:
      return booleanOf(value, place)
    case KINDS.enum:
      return enumOf(value, field.enumType, place)
    case KINDS.double:
      return numberOf(value, false, place)
    case KINDS.float:
      return numberOf(value, true, place)
    case KINDS.int32:
    case KINDS.sint32:
    case KINDS.sfixed32:
      return signed(value, 32, place)
    case KINDS.uint32:
    case KINDS.fixed32:
      return unsigned(value, 32, place)
    case KINDS.uint64:
    case KINDS.fixed64:
      return unsigned(value, 64, place)
    default:
      return signed(value, 64, place)
  }
}

/** True for the value that a field without presence leaves out. */
export const isDefault = (value: WireValue): boolean => {
  if (Buffer.isBuffer(value)) return value.length === 0
  return value === 0n || Object.is(value, 0) || value === false || value === ''
}

const writeInteger = (writer: WireWriter, kind: FieldType['kind'], value: bigint): void => {
  switch (kind) {
    case KINDS.sint32:
    case KINDS.sint64:
      writer.varint64(value < 0n ? -2n * value - 1n : 2n * value)
      return
    case KINDS.fixed32:
    case KINDS.sfixed32:
      writer.fixed32(Number(BigInt.asUintN(32, value)))
      return
    case KINDS.fixed64:
    case KINDS.sfixed64:
      writer.fixed64(value)
      return
    default:
      writer.varint64(value)
      return
  }
}

/** Writes a checked value, without its tag. */
export const writeScalar = (writer: WireWriter, { kind }: FieldType, value: WireValue): void => {
  if (typeof value === 'bigint') writeInteger(writer, kind, value)
  else if (typeof value === 'string') writer.text(value)
  else if (typeof value === 'boolean') writer.varint(value ? 1 : 0)
  else if (Buffer.isBuffer(value)) writer.bytes(value)
  else if (kind === KINDS.enum) writer.varint64(BigInt(value))
  else if (kind === KINDS.float) writer.float(value)
  else writer.double(value)
}
