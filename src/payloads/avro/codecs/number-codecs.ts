import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { integerText, isDigits, longOf } from '../texts/integer-text.ts'
import { leafCodec } from './type-codec.ts'

const UNWRITABLE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

/** Numbers that JSON does not have become texts, as in Protobuf's JSON. */
const floatingText = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

/** The number of a JSON value; undefined if it is none. */
const floatingOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && Object.hasOwn(UNWRITABLE, value) ? UNWRITABLE[value] : undefined
}

export const nullCodec = leafCodec({
  branch: 'null',
  form: 'null',
  jsonBytes: 5,
  read: () => null,
  skip: () => {},
  accepts: value => value === null,
  write: value => {
    if (value !== null) writer.fail('must be null')
  },
})

const readBoolean = (): boolean => {
  const byte = cursor.byte()
  return byte > 1 ? cursor.fail('an impossible boolean') : byte === 1
}

export const booleanCodec = leafCodec({
  branch: 'boolean',
  form: 'boolean',
  jsonBytes: 6,
  read: readBoolean,
  skip: readBoolean,
  accepts: value => typeof value === 'boolean',
  write: value => (typeof value === 'boolean' ? writer.byte(value ? 1 : 0) : writer.fail('must be true or false')),
})

const isInt = (value: unknown): value is number => typeof value === 'number' && value === (value | 0)

export const intCodec = leafCodec({
  branch: 'int',
  form: 'number',
  jsonBytes: 6,
  read: () => cursor.int(),
  skip: () => void cursor.int(),
  accepts: isInt,
  write: value => (isInt(value) ? writer.integer(value) : writer.fail('must be a whole number of 32 bits')),
})

export const longCodec = leafCodec({
  branch: 'long',
  form: 'number',
  exceptionalForm: 'text',
  jsonBytes: 12,
  read: () => integerText(cursor.integer()),
  skip: () => void cursor.integer(),
  accepts: value => longOf(value) !== undefined,
  write: value =>
    writer.integer(
      longOf(value) ??
        writer.fail(
          isDigits(value) || typeof value === 'number'
            ? 'must be a whole number of 64 bits, as text of digits beyond ±9007199254740991'
            : 'must be a whole number of 64 bits, or its digits as text',
        ),
    ),
})

const tooLarge = (value: number): boolean => Number.isFinite(value) && !Number.isFinite(Math.fround(value))

export const floatCodec = leafCodec({
  branch: 'float',
  form: 'number',
  exceptionalForm: 'text',
  jsonBytes: 16,
  read: () => floatingText(cursor.float()),
  skip: () => void cursor.take(4),
  accepts: value => {
    const number = floatingOf(value)
    return number !== undefined && Object.is(Math.fround(number), number)
  },
  write: value => {
    const number = floatingOf(value)
    if (number === undefined || tooLarge(number))
      writer.fail('must be a number of 32 bits, "NaN", "Infinity" or "-Infinity"')
    writer.float(number)
  },
})

export const doubleCodec = leafCodec({
  branch: 'double',
  form: 'number',
  exceptionalForm: 'text',
  jsonBytes: 16,
  read: () => floatingText(cursor.double()),
  skip: () => void cursor.take(8),
  accepts: value => floatingOf(value) !== undefined,
  write: value => writer.double(floatingOf(value) ?? writer.fail('must be a number, "NaN", "Infinity" or "-Infinity"')),
})
