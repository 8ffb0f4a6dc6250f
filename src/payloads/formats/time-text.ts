const NANOS_DIGITS = 9
/** The seconds of the years 1 to 9999, which ISO 8601 writes with four digits. */
const [EARLIEST, LATEST] = [-62_135_596_800n, 253_402_300_799n]

/** A moment as ISO 8601 in UTC, with as many digits of the second as it has; null outside of the years 1 to 9999. */
export const timeText = (seconds: bigint, nanos: number): string | null => {
  if (seconds < EARLIEST || seconds > LATEST) return null
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length)
  const fraction = String(nanos).padStart(NANOS_DIGITS, '0').replace(/0+$/, '')
  return fraction === '' ? `${whole}Z` : `${whole}.${fraction}Z`
}
