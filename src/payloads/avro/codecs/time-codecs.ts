import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import {
  dateText,
  daysOf,
  type FractionDigits,
  timeOf,
  timestampOf,
  timestampText,
  timeText,
  timeValueOf,
} from '../texts/time-text.ts'
import { leafCodec, type TypeCodec } from './type-codec.ts'

/** A type of dates or times on a number. */
interface TimeType {
  readonly branch: 'int' | 'long'
  readonly text: (time: number | bigint) => string | number
  readonly parse: (text: string) => bigint | undefined
  readonly example: string
}

const isInt = (time: number | bigint): boolean => time >= -(2 ** 31) && time < 2 ** 31

const timeCodec = ({ branch, text, parse, example }: TimeType): TypeCodec => {
  const readTime = branch === 'int' ? () => cursor.int() : () => cursor.integer()
  const timeFrom = (value: unknown): number | bigint | undefined => {
    const time = timeValueOf(value, parse)
    return time === undefined || (branch === 'int' && !isInt(time)) ? undefined : time
  }
  return leafCodec({
    branch,
    form: 'text',
    exceptionalForm: 'number',
    jsonBytes: 32,
    read: () => text(readTime()),
    skip: () => void readTime(),
    accepts: value => timeFrom(value) !== undefined,
    write: value => writer.integer(timeFrom(value) ?? writer.fail(`must be ${example}, or a number`)),
  })
}

export const dateCodec = timeCodec({
  branch: 'int',
  text: days => dateText(Number(days)),
  parse: daysOf,
  example: 'a date such as 2026-11-28',
})

export const timeOfDayCodec = (digits: 3 | 6): TypeCodec =>
  timeCodec({
    branch: digits === 3 ? 'int' : 'long',
    text: time => timeText(time, digits),
    parse: text => timeOf(text, digits),
    example: `a time such as 18:30:00.123 with at most ${digits} digits after the point`,
  })

export const timestampCodec = (digits: FractionDigits, isLocal: boolean): TypeCodec =>
  timeCodec({
    branch: 'long',
    text: time => timestampText(time, digits, isLocal),
    parse: text => timestampOf(text, digits, isLocal),
    example: `a time such as 2026-11-28T18:30:00.123${isLocal ? ', without a zone and' : 'Z'} with at most ${digits} digits after the point`,
  })
