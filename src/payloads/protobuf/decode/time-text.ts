const MIN_SECONDS = -62_135_596_800
const MAX_SECONDS = 253_402_300_799
const MAX_DURATION = 315_576_000_000
const MAX_NANOS = 999_999_999

/** Three, six or nine digits, or none. */
const fraction = (nanos: number): string => {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`
  return nanos % 1000 === 0 ? `.${digits.slice(0, 6)}` : `.${digits}`
}

/** `2026-02-03T04:05:06.000000007Z`; null for a time that is not between the years 1 and 9999. */
export const timestampText = (seconds: number, nanos: number): string | null => {
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS && nanos >= 0 && nanos <= MAX_NANOS)) return null
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction(nanos)}Z`
}

/** `-1.5s`; null for more than 10,000 years, or for parts of different signs. */
export const durationText = (seconds: number, nanos: number): string | null => {
  if (Math.abs(seconds) > MAX_DURATION || Math.abs(nanos) > MAX_NANOS || seconds * nanos < 0) return null
  const sign = seconds < 0 || nanos < 0 ? '-' : ''
  return `${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`
}
