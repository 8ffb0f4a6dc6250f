import { exactText } from '../../exact-text.ts'

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/
const MAX_LENGTH = 2500

/** A decimal number: `unscaled` / 10 ** `scale`. */
interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

/** The text of `unscaled` / 10 ** `scale`, with all digits of the scale. */
export const decimalText = (unscaled: number | bigint, scale: number): string => {
  const isNegative = unscaled < 0
  const digits = String(isNegative ? -unscaled : unscaled)
  const sign = isNegative ? '-' : ''
  if (scale === 0) return sign + digits
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

const parse = (text: string): Decimal | undefined => {
  if (text.length > MAX_LENGTH) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  if (sign === undefined) return undefined
  const unscaled = BigInt(whole + fraction)
  return { unscaled: sign === '-' ? -unscaled : unscaled, scale: fraction.length - Number(exponent) }
}

/** A decimal from a JSON value, as its unscaled number; a text says what is wrong. */
export const unscaledOf = (value: unknown, precision: number, scale: number): bigint | string => {
  const text = typeof value === 'number' ? exactText(value) : value
  if (text === undefined) return 'has too many digits for a number: write it as text'
  const decimal = typeof text === 'string' ? parse(text) : undefined
  if (decimal === undefined) return 'must be a decimal number, as text or as number'
  const shift = scale - decimal.scale
  const divisor = 10n ** BigInt(Math.max(-shift, 0))
  if (decimal.unscaled % divisor !== 0n) return `has more than ${scale} digits after the point`
  const unscaled = shift >= 0 ? decimal.unscaled * 10n ** BigInt(shift) : decimal.unscaled / divisor
  const limit = 10n ** BigInt(precision)
  return unscaled < limit && unscaled > -limit ? unscaled : `has more than ${precision} digits`
}
