import { integerText, isDigits, longOf } from './integer-text.ts'

const FIRST_MS = -62_167_219_200_000
const LAST_MS = 253_402_300_799_999
const DAY_MS = 86_400_000

/** The digits of a fraction of a second: milliseconds, microseconds or nanoseconds. */
export type FractionDigits = 3 | 6 | 9

const isWritable = (ms: number): boolean => ms >= FIRST_MS && ms <= LAST_MS

/** Splits a time since 1970 into milliseconds and the rest. */
const split = (time: number | bigint, perMs: number): readonly [ms: number, rest: number] => {
  if (typeof time === 'number') {
    const ms = Math.floor(time / perMs)
    return [ms, time - ms * perMs]
  }
  const unit = BigInt(perMs)
  const rest = ((time % unit) + unit) % unit
  return [Number((time - rest) / unit), Number(rest)]
}

/** The ISO text of a time since 1970, with all its digits; outside of the years 0 to 9999 the number. */
export const timestampText = (time: number | bigint, digits: FractionDigits, isLocal: boolean): string | number => {
  const [ms, rest] = split(time, 10 ** (digits - 3))
  if (!isWritable(ms)) return integerText(time)
  const text = new Date(ms).toISOString()
  if (digits === 3) return isLocal ? text.slice(0, -1) : text
  const fraction = String(rest).padStart(digits - 3, '0')
  return `${text.slice(0, -1)}${fraction}${isLocal ? '' : 'Z'}`
}

/** The ISO text of a number of days since 1970; outside of the years 0 to 9999 the number. */
export const dateText = (days: number): string | number => {
  const ms = days * DAY_MS
  return isWritable(ms) ? new Date(ms).toISOString().slice(0, 10) : days
}

/** The ISO text of a time of the day; outside of a day the number. */
export const timeText = (time: number | bigint, digits: 3 | 6): string | number => {
  const [ms, rest] = split(time, 10 ** (digits - 3))
  if (ms < 0 || ms >= DAY_MS) return integerText(time)
  const text = new Date(ms).toISOString().slice(11, 23)
  return digits === 3 ? text : text + String(rest).padStart(3, '0')
}

const TIME = /^(\d{4}-\d\d-\d\dT)?(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,18}))?)?(Z|[+-]\d\d:\d\d)?$/
const DATE = /^\d{4}-\d\d-\d\d$/

/** Milliseconds of a text in ISO's longest form; undefined for a day or an hour that does not exist. */
const msOf = (text: string): number | undefined => {
  const ms = Date.parse(`${text}Z`)
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text) ? ms : undefined
}

const zoneMs = (zone: string): number => {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** A number since 1970 in units of the digits; undefined if the fraction has more of them. */
const withFraction = (ms: number, fraction: string, digits: FractionDigits): bigint | undefined => {
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > digits) return undefined
  return BigInt(ms / 1000) * 10n ** BigInt(digits) + BigInt(kept.padEnd(digits, '0'))
}

/** The time of an ISO text; undefined if it is none, or not exact in so many digits. */
export const timestampOf = (text: string, digits: FractionDigits, isLocal: boolean): bigint | undefined => {
  const [, date, minute = '', second = '00', fraction = '', zone] = TIME.exec(text) ?? []
  if (date === undefined || (zone === undefined) !== isLocal) return undefined
  const ms = msOf(`${date}${minute}:${second}`)
  return ms === undefined ? undefined : withFraction(ms - zoneMs(zone ?? 'Z'), fraction, digits)
}

/** The time of the day of an ISO text. */
export const timeOf = (text: string, digits: 3 | 6): bigint | undefined => {
  const [, date, minute = '', second = '00', fraction = '', zone] = TIME.exec(text) ?? []
  if (minute === '' || date !== undefined || zone !== undefined) return undefined
  const ms = msOf(`1970-01-01T${minute}:${second}`)
  return ms === undefined ? undefined : withFraction(ms, fraction, digits)
}

/** The days of an ISO text. */
export const daysOf = (text: string): bigint | undefined => {
  const ms = DATE.test(text) ? msOf(`${text}T00:00:00`) : undefined
  return ms === undefined ? undefined : BigInt(ms / DAY_MS)
}

/** A time from a JSON value: an ISO text, which `parse` reads, a number, or its digits. */
export const timeValueOf = (
  value: unknown,
  parse: (text: string) => bigint | undefined,
): number | bigint | undefined => {
  if (typeof value !== 'string' || isDigits(value)) return longOf(value)
  return value.length > 64 ? undefined : longOf(parse(value))
}
