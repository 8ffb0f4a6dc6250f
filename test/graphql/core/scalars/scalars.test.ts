import { getNamedType, isNonNullType, isObjectType, isScalarType, Kind } from 'graphql'
import { describe, expect, it } from 'vitest'
import { writableTime } from '../../../../src/graphql/core/scalars/date-time.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'

const schema = buildSchema()

const scalar = (name: string) => {
  const type = schema.getType(name)
  if (!isScalarType(type)) throw new Error(`no scalar ${name}`)
  return type
}

const literal = (value: string) => ({ kind: Kind.STRING, value }) as const

describe('Long', () => {
  const long = scalar('Long')

  it.each([0n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)])(
    'carries %s exactly as a string, both ways',
    value => {
      expect(long.serialize(value)).toBe(String(value))
      expect(long.parseValue(String(value))).toBe(value)
      expect(long.parseLiteral({ kind: Kind.INT, value: String(value) })).toBe(value)
      expect(long.parseLiteral(literal(String(value)))).toBe(value)
    },
  )

  it('takes numbers as long as they are exact', () => {
    expect(long.parseValue(2 ** 53 - 1)).toBe(2n ** 53n - 1n)
    expect(() => long.parseValue(2 ** 53)).toThrow('above 2^53 only as a string')
  })

  it.each([
    '9223372036854775808',
    '-9223372036854775809',
    '1.5',
    '1e3',
    '',
    ' 1',
    '0x10',
    '٣',
    1.5,
    Number.NaN,
    true,
    null,
    [1],
  ])('refuses %j', value => {
    expect(() => long.parseValue(value)).toThrow('Long')
  })
})

describe('DateTime', () => {
  const dateTime = scalar('DateTime')

  it.each([
    ['2025-01-31T09:30:00Z', Date.UTC(2025, 0, 31, 9, 30)],
    ['2025-01-31T09:30:00.123456789Z', Date.UTC(2025, 0, 31, 9, 30, 0, 123)],
    ['2025-01-31t09:30:00.5z', Date.UTC(2025, 0, 31, 9, 30, 0, 500)],
    ['2025-01-31T09:30:00-23:30', Date.UTC(2025, 1, 1, 9, 0)],
    ['2024-02-29T00:00:00+00:00', Date.UTC(2024, 1, 29)],
    ['0099-01-01T00:00:00Z', Date.parse('0099-01-01T00:00:00Z')],
  ])('reads %s', (text, epochMs) => {
    expect(dateTime.parseValue(text)).toBe(epochMs)
    expect(dateTime.parseLiteral(literal(text))).toBe(epochMs)
  })

  it('writes UTC with milliseconds', () => {
    expect(dateTime.serialize(0)).toBe('1970-01-01T00:00:00.000Z')
  })

  it.each([
    '2025-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-01-31T24:00:00Z',
    '2025-01-31T23:59:60Z',
    '2025-01-31T09:30:00',
    '2025-01-31',
    '2025-01-31 09:30:00Z',
    '2025-01-31T09:30:00+24:00',
    '2025-01-31T09:30:00+1:00',
    'yesterday',
    '',
    1738315800000,
    null,
  ])('refuses %j', value => {
    expect(() => dateTime.parseValue(value)).toThrow('DateTime takes RFC 3339')
  })
})

describe('Duration', () => {
  const duration = scalar('Duration')

  it.each([
    ['PT30S', 30_000],
    ['PT0.005S', 5],
    ['PT15M', 900_000],
    ['P1DT2H3M4.5S', 93_784_500],
    ['P2W', 1_209_600_000],
    ['PT0S', 0],
    ['PT1.0006S', 1001],
  ])('reads %s', (text, ms) => {
    expect(duration.parseValue(text)).toBe(ms)
  })

  it.each(['P', 'PT', 'P1Y', 'P1M', '-PT1S', 'PT-1S', 'PT1,5S', '30', '30s', 'pt1s', `PT${'9'.repeat(20)}H`, 30, null])(
    'refuses %j',
    value => {
      expect(() => duration.parseValue(value)).toThrow('Duration takes ISO 8601')
    },
  )
})

describe('a DateTime that is answered', () => {
  it('may be null in every field, since Kafka holds timestamps that no calendar has', () => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType)
    const fields = types.flatMap(type => Object.values(type.getFields()).map(field => ({ type, field })))
    const times = fields.filter(({ field }) => getNamedType(field.type).name === 'DateTime')
    expect(times.length).toBeGreaterThan(5)
    expect(
      times.filter(({ field }) => isNonNullType(field.type)).map(({ type, field }) => `${type.name}.${field.name}`),
    ).toEqual([])
  })

  it.each([
    [null, null],
    [-1, null],
    [0, '1970-01-01T00:00:00.000Z'],
    [-2, '1969-12-31T23:59:59.998Z'],
    [-62_167_219_200_000, '0000-01-01T00:00:00.000Z'],
    [-62_167_219_200_001, null],
    [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
    [253_402_300_800_000, null],
    [8.64e15 + 1, null],
    [2n ** 63n - 1n, null],
    [-(2n ** 63n), null],
  ])('is %s as %s', (epochMs, text) => {
    const time = writableTime(epochMs)
    expect(time === null ? null : scalar('DateTime').serialize(time)).toBe(text)
  })
})
