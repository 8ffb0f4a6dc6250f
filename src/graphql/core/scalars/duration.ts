import { GraphQLError, GraphQLScalarType } from 'graphql'
import { shown } from '../../../kafka/text.ts'
import { literalParser } from './literal.ts'

const ISO_8601 = /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/
const WEEK = 604_800_000
const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000

const refuse = (value: unknown): never => {
  throw new GraphQLError(
    `Duration takes ISO 8601 in weeks, days, hours, minutes and seconds, like "PT15M" or "P1DT12H", not ${shown(value)}.`,
  )
}

/** Milliseconds of an ISO 8601 duration. Refuses years and months, because their length depends on the calendar. */
const parseDuration = (text: string): number => {
  const parts = ISO_8601.exec(text)
  if (!parts) return refuse(text)
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1, 6).map(part => Number(part ?? 0))
  const fraction = Number(`0.${parts[6] ?? 0}`) * 1000
  const ms = weeks * WEEK + days * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000 + fraction
  const rounded = Math.round(ms)
  return Number.isSafeInteger(rounded) ? rounded : refuse(text)
}

/** A length of time: milliseconds in the server, ISO 8601 for clients. */
export const DurationScalar = new GraphQLScalarType<number, string>({
  name: 'Duration',
  description:
    'A length of time in ISO 8601: "PT30S" is thirty seconds, "PT15M" fifteen minutes, "P7D" seven days, "PT0.005S" five milliseconds. It takes weeks, days, hours, minutes and seconds, with millisecond precision, and is never negative.',
  serialize: value => `PT${Number(value) / 1000}S`,
  parseValue: value => (typeof value === 'string' ? parseDuration(value) : refuse(value)),
  parseLiteral: literalParser('Duration', parseDuration),
})
