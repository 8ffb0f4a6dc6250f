import { type Check, type Keyword, type Keywords, problem, sibling } from './keyword.ts'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

/** True for the text that stands for a number which JSON parsers round: beyond ±(2^53 - 1). */
export const isLargeNumber = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 3 &&
  NUMBER.test(value) &&
  Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER

/** A decimal as digits and how many of them come after the point. */
const decimalOf = (value: number): { readonly digits: bigint; readonly scale: number } => {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) }
}

/** Exactly: 0.3 is a multiple of 0.1, which it is not in binary. */
const isMultiple = (value: number, of: number): boolean => {
  const [a, b] = [decimalOf(value), decimalOf(of)]
  const scale = Math.max(a.scale, b.scale, 0)
  return (a.digits * 10n ** BigInt(scale - a.scale)) % (b.digits * 10n ** BigInt(scale - b.scale)) === 0n
}

/** A keyword about numbers. Its rule is a number. */
const numeric =
  (test: (value: number, rule: number) => string | null): Keyword =>
  check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || typeof value !== 'number') return null
    const text = test(value, rule)
    return text === null ? null : problem(check, text)
  }

const isExclusive = ({ schema }: Check, name: string): boolean => sibling(schema, name) === true

/** minimum, maximum and their like. In draft 4 `exclusiveMinimum` is true or false and changes `minimum`. */
export const NUMBER_KEYWORDS: Keywords = {
  minimum: check =>
    numeric((value, rule) => {
      if (isExclusive(check, 'exclusiveMinimum'))
        return value > rule ? null : `expected more than ${rule}, found ${value}`
      return value >= rule ? null : `expected at least ${rule}, found ${value}`
    })(check),
  maximum: check =>
    numeric((value, rule) => {
      if (isExclusive(check, 'exclusiveMaximum'))
        return value < rule ? null : `expected less than ${rule}, found ${value}`
      return value <= rule ? null : `expected at most ${rule}, found ${value}`
    })(check),
  exclusiveMinimum: numeric((value, rule) => (value > rule ? null : `expected more than ${rule}, found ${value}`)),
  exclusiveMaximum: numeric((value, rule) => (value < rule ? null : `expected less than ${rule}, found ${value}`)),
  multipleOf: numeric((value, rule) =>
    rule <= 0 || isMultiple(value, rule) ? null : `expected a multiple of ${rule}, found ${value}`,
  ),
}
