import { GraphQLError, GraphQLScalarType } from 'graphql'
import type { EpochMs } from '../../../kafka/epoch-ms.ts'
import { shown } from '../../../kafka/text.ts'
import type { ScalarBytes } from '../json-bytes.ts'
import { literalParser } from './literal.ts'

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|([+-])(\d\d):(\d\d))$/
/** 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: RFC 3339 years have four digits. */
const [FIRST, LAST] = [-62_167_219_200_000, 253_402_300_799_999]
/** Kafka's value for "no timestamp". */
const NO_TIMESTAMP = -1

export const NO_DATE = 'Also null for a timestamp outside the years 0000 to 9999.'

const refuse = (value: unknown): never => {
  throw new GraphQLError(`DateTime takes RFC 3339 with a zone, like "2025-01-31T09:30:00.000Z", not ${shown(value)}.`)
}

/** A Kafka timestamp that RFC 3339 can express; null if there is none or it is outside that range. */
export const writableTime = (epochMs: EpochMs | null): number | null =>
  typeof epochMs === 'number' && epochMs >= FIRST && epochMs <= LAST && epochMs !== NO_TIMESTAMP ? epochMs : null

/** Epoch ms of an RFC 3339 text. @throws GraphQLError for anything else, including impossible dates. */
const parseDateTime = (text: string): number => {
  const parts = RFC_3339.exec(text)
  if (!parts) return refuse(text)
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number)
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offsetMinutes = (parts[9] === '-' ? -1 : 1) * (Number(parts[10] ?? 0) * 60 + Number(parts[11] ?? 0))
  const local = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}.${String(milliseconds).padStart(3, '0')}Z`
  const epochMs = Date.parse(local)
  // Date.parse turns 30 February into a day in March, so the result must format back to the same text.
  const real = !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === local
  const zoneIsReal = Number(parts[10] ?? 0) < 24 && Number(parts[11] ?? 0) < 60
  if (!real || !zoneIsReal || [year, month, day, hour, minute, second].includes(Number.NaN)) return refuse(text)
  return epochMs - offsetMinutes * 60_000
}

/** The size of the cache: messages written together share milliseconds, and many operations send the same message. */
const WRITTEN = 1024
const writtenTimes: number[] = []
const writtenTexts: string[] = []

/** Formats a recently used time in 0.07 µs instead of 0.45 µs. */
const writeDateTime = (epochMs: number): string => {
  const place = Math.abs(epochMs) % WRITTEN
  if (writtenTimes[place] !== epochMs) {
    writtenTexts[place] = new Date(epochMs).toISOString()
    writtenTimes[place] = epochMs
  }
  return writtenTexts[place] ?? new Date(epochMs).toISOString()
}

const dateTimeBytes: ScalarBytes = (value, to) => {
  if (typeof value !== 'number') return false
  to.string(writeDateTime(value))
  return true
}

/** A point in time: epoch milliseconds in the server, RFC 3339 in UTC for clients. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'A point in time in RFC 3339. The server sends UTC with milliseconds ("2025-01-31T09:30:00.000Z"), because Kafka stores milliseconds. It accepts any zone offset and drops digits beyond milliseconds. Years have four digits: for a Kafka timestamp outside 0000 to 9999 the field is null.',
  serialize: value => writeDateTime(Number(value)),
  extensions: { bytes: dateTimeBytes },
  parseValue: value => (typeof value === 'string' ? parseDateTime(value) : refuse(value)),
  parseLiteral: literalParser('DateTime', parseDateTime),
})
