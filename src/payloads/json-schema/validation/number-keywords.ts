import { shortened } from '../../../kafka/text.ts'
import { type Check, type Keyword, type Keywords, problem, sibling } from './keyword.ts'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

/** Comparing more digits exactly takes long. */
const MAX_LENGTH = 1000

/** True for the text that stands for a number which JSON parsers round: beyond ±(2^53 - 1). */
export const isLargeNumber = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 3 &&
  value.length <= MAX_LENGTH &&
  NUMBER.test(value) &&
  Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER

/** A decimal as digits and how many of them come after the point. */
const decimalOf = (value: number | string): { readonly digits: bigint; readonly scale: number } => {
  const [mantissa = '0', exponent = '0'] = String(value).toLowerCase().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) }
}

/** Exactly: 0.3 is a multiple of 0.1, which it is not in binary. */
const isMultiple = (value: number | string, of: number): boolean => {
  const [a, b] = [decimalOf(value), decimalOf(of)]
  const scale = Math.max(a.scale, b.scale, 0)
  return (a.digits * 10n ** BigInt(scale - a.scale)) % (b.digits * 10n ** BigInt(scale - b.scale)) === 0n
}

/** Below 0 if the value is less than the rule, above 0 if it is more. Exact for texts of digits, which a double rounds. */
const compared = (value: number | string, rule: number): number => {
  const rounded = Number(value)
  if (typeof value === 'number' || rounded !== rule) return rounded < rule ? -1 : Number(rounded > rule)
  if (!Number.isFinite(rule)) return 0
  const { digits, scale } = decimalOf(value)
  const [a, b] = [digits * 10n ** BigInt(Math.max(-scale, 0)), BigInt(rule) * 10n ** BigInt(Math.max(scale, 0))]
  return a < b ? -1 : Number(a > b)
}

/** A keyword about numbers, and about texts of digits that stand for numbers. Its rule is a number. */
const numeric =
  (test: (value: number | string, rule: number) => string | null): Keyword =>
  check => {
    const { rule, value, place, validator } = check
    if (typeof rule !== 'number') return null
    const isDigits = validator.takesDigits && isLargeNumber(value)
    if (typeof value !== 'number' && !isDigits) return null
    if (isDigits) validator.spend(value.length >> 3, place)
    const text = test(value, rule)
    return text === null ? null : problem(check, `${text}, found ${shortened(String(value))}`)
  }

const isExclusive = ({ schema }: Check, name: string): boolean => sibling(schema, name) === true

const atLeast = (value: number | string, rule: number): string | null =>
  compared(value, rule) >= 0 ? null : `expected at least ${rule}`
const atMost = (value: number | string, rule: number): string | null =>
  compared(value, rule) <= 0 ? null : `expected at most ${rule}`
const moreThan = (value: number | string, rule: number): string | null =>
  compared(value, rule) > 0 ? null : `expected more than ${rule}`
const lessThan = (value: number | string, rule: number): string | null =>
  compared(value, rule) < 0 ? null : `expected less than ${rule}`

/** minimum, maximum and their like. In draft 4 `exclusiveMinimum` is true or false and changes `minimum`. */
export const NUMBER_KEYWORDS: Keywords = {
  minimum: check => numeric(isExclusive(check, 'exclusiveMinimum') ? moreThan : atLeast)(check),
  maximum: check => numeric(isExclusive(check, 'exclusiveMaximum') ? lessThan : atMost)(check),
  exclusiveMinimum: numeric(moreThan),
  exclusiveMaximum: numeric(lessThan),
  multipleOf: numeric((value, rule) =>
    rule <= 0 || !Number.isFinite(rule) || !Number.isFinite(Number(value)) || isMultiple(value, rule)
      ? null
      : `expected a multiple of ${rule}`,
  ),
}
