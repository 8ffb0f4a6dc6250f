import { shown } from '../../../kafka/text.ts'
import { mismatchAt, type Place, problemAt } from '../../value-place.ts'
import type { EnumType } from '../types/types.ts'

const DIGITS = /^-?(?:0|[1-9]\d{0,19})$/
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/
const MAX_FLOAT = 3.4028235677973366e38
const SPECIAL = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

const wholeNumberOf = (value: unknown): bigint | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' && DIGITS.test(value) ? BigInt(value) : undefined
}

/** A whole number within bounds, given as a number or as text. */
export const integerOf = (value: unknown, min: bigint, max: bigint, place: Place): bigint => {
  const expected = (): string => `a whole number between ${min} and ${max}`
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw mismatchAt(place, `${expected()}, beyond ±(2^53 - 1) as text because JSON parsers round it`, value)
  const number = wholeNumberOf(value)
  if (number === undefined || number < min || number > max) throw mismatchAt(place, expected(), value)
  return number
}

/** A number with a fraction, given as a number or as text. */
export const numberOf = (value: unknown, isFloat: boolean, place: Place): number => {
  const special = typeof value === 'string' ? SPECIAL.get(value) : undefined
  if (special !== undefined) return special
  const isNumber = typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value))
  const number = isNumber ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) throw mismatchAt(place, 'a number, or the text NaN, Infinity or -Infinity', value)
  if (isFloat && Math.abs(number) >= MAX_FLOAT) throw mismatchAt(place, 'a number that fits 32 bits', value)
  return number
}

export const booleanOf = (value: unknown, place: Place): boolean => {
  if (typeof value !== 'boolean') throw mismatchAt(place, 'true or false', value)
  return value
}

/** Text that UTF-8 can hold. */
export const textOf = (value: unknown, place: Place): string => {
  if (typeof value !== 'string') throw mismatchAt(place, 'a text', value)
  if (!value.isWellFormed())
    throw problemAt(place, 'the text has half a character (a lone surrogate), which UTF-8 cannot hold')
  return value
}

export const bytesOf = (value: unknown, place: Place): Buffer => {
  if (typeof value !== 'string' || !BASE64.test(value) || value.replace(/=+$/, '').length % 4 === 1)
    throw mismatchAt(place, 'bytes as base64', value)
  return Buffer.from(value, 'base64')
}

/** An enum value by its name or its number. */
export const enumOf = (value: unknown, type: EnumType | null, place: Place): number => {
  if (type === null) return 0
  if (type.isNull && value === null) return 0
  if (typeof value === 'number') {
    const number = Number(integerOf(value, -2147483648n, 2147483647n, place))
    if (type.isOpen || type.nameOf.has(number)) return number
  }
  const number = typeof value === 'string' ? type.numberOf.get(value) : undefined
  if (number !== undefined) return number
  const names = [...type.numberOf.keys()].slice(0, 10).join(', ')
  const more = type.numberOf.size > 10 ? ', …' : ''
  throw problemAt(place, `expected a value of ${type.fullName} (${names}${more}), found ${shown(value)}`)
}
