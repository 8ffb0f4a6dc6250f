/** An Avro duration: three counts that do not convert into each other. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly millis: number
}

const DURATION =
  /^P(?:(\d{1,10})Y)?(?:(\d{1,10})M)?(?:(\d{1,10})W)?(?:(\d{1,10})D)?(?:T(?:(\d{1,10})H)?(?:(\d{1,10})M)?(?:(\d{1,10})(?:\.(\d{1,3}))?S)?)?$/
const MAX = 0xffff_ffff

const secondsText = (millis: number): string => {
  const rest = millis % 1000
  return `T${Math.floor(millis / 1000)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}S`
}

/** Its ISO 8601 text, such as `P14M3DT5.25S`. Months stay months and days stay days. */
export const durationText = ({ months, days, millis }: Duration): string => {
  const date = `${months === 0 ? '' : `${months}M`}${days === 0 ? '' : `${days}D`}`
  return `P${date}${millis === 0 && date !== '' ? '' : secondsText(millis)}`
}

/** The duration of an ISO 8601 text; undefined if it is none, or one of its counts has more than 32 bits. */
export const durationOf = (text: unknown): Duration | undefined => {
  if (typeof text !== 'string' || text.length > 100 || /[PT]$/.test(text)) return undefined
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1, 8)
    .map(count => Number(count ?? 0))
  const duration = {
    months: years * 12 + months,
    days: weeks * 7 + days,
    millis: (hours * 3600 + minutes * 60 + seconds) * 1000 + Number((match[8] ?? '').padEnd(3, '0')),
  }
  return Object.values(duration).every(count => count <= MAX) ? duration : undefined
}
