import { DecodeProblem } from '../schema-codec.ts'
import { bytesText } from './format.ts'
import { timeText } from './time-text.ts'
import { uuidText } from './uuid.ts'

/** The time to write a number grows with the square of its digits. */
const MOST_MAGNITUDE_BYTES = 256
/** Digits after or before the point that are written out. */
const MOST_ZEROS = 100
const UUID_BYTES = 16
const NANOS = 1e9

/** The number that big-endian bytes hold. */
export const magnitude = (bytes: Buffer): bigint => {
  if (bytes.length > MOST_MAGNITUDE_BYTES)
    throw new DecodeProblem(`a number of ${bytes.length} bytes: at most ${MOST_MAGNITUDE_BYTES} are read`)
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`)
}

/** mantissa × 10^exponent, exactly. */
export const decimalText = (mantissa: string, exponent: number): string => {
  if (!/^-?\d+$/.test(mantissa) || !Number.isInteger(exponent)) throw new DecodeProblem('a decimal of no whole numbers')
  if (exponent === 0) return mantissa
  if (Math.abs(exponent) > MOST_ZEROS) return `${mantissa}E${exponent}`
  const [sign, digits] = mantissa.startsWith('-') ? ['-', mantissa.slice(1)] : ['', mantissa]
  if (exponent > 0) return `${mantissa}${'0'.repeat(exponent)}`
  const padded = digits.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

/** Seconds since 1970 as ISO 8601; the number itself outside of the years 1 to 9999. */
export const epochText = (seconds: number | string): number | string => {
  if (typeof seconds === 'string') return seconds
  const whole = Math.floor(seconds)
  const nanos = Math.round((seconds - whole) * NANOS)
  const [second, nano] = nanos === NANOS ? [whole + 1, 0] : [whole, nanos]
  return timeText(BigInt(second), nano) ?? seconds
}

/** A UUID in a tag: 16 bytes. */
export const taggedUuid = (bytes: Buffer): string => {
  if (bytes.length === UUID_BYTES) return uuidText(bytes)
  throw new DecodeProblem(`a UUID of ${bytesText(bytes.length)}`)
}
