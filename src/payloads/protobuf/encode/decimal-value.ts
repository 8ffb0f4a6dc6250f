import { exactText } from '../../exact-text.ts'
import { mismatchAt, type Place, problemAt } from '../../value-place.ts'

const DECIMAL = /^(-?)(\d{1,300})(?:\.(\d{1,300}))?$/

/** A decimal as Confluent's clients write it. */
export interface Decimal {
  /** Two's complement, the highest byte first. */
  readonly bytes: Buffer
  readonly precision: number
  readonly scale: number
}

/** The fewest bytes that hold a number as two's complement. */
const twosComplement = (value: bigint): Buffer => {
  const magnitude = value < 0n ? -value - 1n : value
  const length = Math.floor(magnitude.toString(2).length / 8) + 1
  const hex = BigInt.asUintN(length * 8, value).toString(16)
  return Buffer.from(hex.padStart(length * 2, '0'), 'hex')
}

/** Reads `-12.50`: its scale is that of the text. A number may have been rounded when its JSON was parsed, and is refused then. */
export const decimalOf = (value: unknown, place: Place): Decimal => {
  const text = typeof value === 'number' ? exactText(value) : value
  if (text === undefined) throw problemAt(place, 'has too many digits for a number: write it as text')
  const found = typeof text === 'string' ? DECIMAL.exec(text) : null
  if (found === null) throw mismatchAt(place, 'a decimal as text such as 12.50', value)
  const [, sign, whole = '', fraction = ''] = found
  const digits = BigInt(whole + fraction)
  const precision = digits.toString().length
  return { bytes: twosComplement(sign === '-' ? -digits : digits), precision, scale: fraction.length }
}
