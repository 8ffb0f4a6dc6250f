const MAX_BYTES = 256
const MAX_SCALE = 1000

/** The decimal of Confluent's clients, exactly: two's complement, and how many digits come after the point. Null for a decimal of absurd size. */
export const decimalText = (bytes: Buffer, scale: number): string | null => {
  if (bytes.length > MAX_BYTES || Math.abs(scale) > MAX_SCALE) return null
  const unscaled = bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale))
  const sign = unscaled < 0n ? '-' : ''
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
