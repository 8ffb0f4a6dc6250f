import { mismatchAt, type Place } from '../../value-place.ts'

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/
const MIN_SECONDS = -62_135_596_800
const MAX_SECONDS = 253_402_300_799
const MAX_DURATION = 315_576_000_000

/** Seconds and billionths of a second. */
export interface Time {
  readonly seconds: number
  readonly nanos: number
}

const nanosOf = (digits: string | undefined): number => (digits === undefined ? 0 : Number(digits.padEnd(9, '0')))

/** Seconds since 1970 of a date in UTC; undefined if there is no such date, such as 30 February. */
const secondsOf = (date: string, hour: number, minute: number, second: number): number | undefined => {
  const days = Date.parse(`${date}T00:00:00Z`)
  const isDate = !Number.isNaN(days) && new Date(days).toISOString().startsWith(date)
  if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined
  return days / 1000 + hour * 3600 + minute * 60 + second
}

/** Reads `2026-02-03T04:05:06.789Z`, or with an offset such as `+01:00`. */
export const timestampOf = (value: unknown, place: Place): Time => {
  const found = typeof value === 'string' ? TIMESTAMP.exec(value) : null
  const [, year, month, day, hour, minute, second, fraction, sign, hours, minutes] = found ?? []
  const local = secondsOf(`${year}-${month}-${day}`, Number(hour), Number(minute), Number(second))
  const offset = sign === undefined ? 0 : (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1)
  const seconds = (local ?? Number.NaN) - offset
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS))
    throw mismatchAt(place, 'a time such as 2026-02-03T04:05:06.789Z', value)
  return { seconds, nanos: nanosOf(fraction) }
}

/** Reads `1.5s`. */
export const durationOf = (value: unknown, place: Place): Time => {
  const found = typeof value === 'string' ? DURATION.exec(value) : null
  const [, sign, whole, fraction] = found ?? []
  if (found === null || Number(whole) > MAX_DURATION)
    throw mismatchAt(place, 'a duration in seconds such as 1.5s', value)
  const factor = sign === '-' ? -1 : 1
  return { seconds: factor * Number(whole), nanos: factor * nanosOf(fraction) }
}
