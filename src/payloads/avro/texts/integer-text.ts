const DIGITS = /^-?\d{1,19}$/
const MIN = -(2n ** 63n)
const MAX = 2n ** 63n - 1n

/** A whole number in JSON: as text of its digits where parsers would round it. */
export const integerText = (value: number | bigint): number | string =>
  typeof value === 'bigint' ? String(value) : value

/** Whether a JSON value is the digits of a number. */
export const isDigits = (value: unknown): boolean => typeof value === 'string' && DIGITS.test(value)

/** A number of 64 bits from a JSON value; undefined if it is none, or a number that was perhaps rounded already. */
export const longOf = (value: unknown): number | bigint | undefined => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  const whole = typeof value === 'string' && DIGITS.test(value) ? BigInt(value) : value
  return typeof whole === 'bigint' && whole >= MIN && whole <= MAX ? whole : undefined
}
