import { describe, expect, it } from 'vitest'
import { EncodeProblem } from '../../../src/payloads/schema-codec.ts'
import { codecOf, decoded, encoded } from './codec.ts'

const record = (name: string, fields: Readonly<Record<string, unknown>>) => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
})

const decimal = (precision: number, scale: number) => ({ type: 'bytes', logicalType: 'decimal', precision, scale })
const timestamp = (unit: string) => ({ type: 'long', logicalType: unit })

/** What is wrong with a value: the path and the problem. */
const problemOf = (schema: unknown, value: unknown): string => {
  try {
    codecOf(schema).encode(value)
  } catch (problem) {
    if (problem instanceof EncodeProblem) return `${problem.path} ${problem.message}`
    throw problem
  }
  return 'none'
}

describe('a value that does not fit', () => {
  const line = record('shop.Line', { sku: 'string', price: decimal(6, 2) })
  const order = record('shop.Order', {
    id: 'long',
    lines: { type: 'array', items: line },
    notes: { type: 'map', values: 'int' },
  })
  const right = { id: 1, lines: [{ sku: 'a', price: '1.5' }], notes: {} }

  it.each([
    [{ ...right, lines: [{ sku: 'a', price: '1.555' }] }, '$.lines[0].price has more than 2 digits after the point'],
    [{ ...right, lines: [right.lines[0], { sku: 1, price: 1 }] }, '$.lines[1].sku must be a text'],
    [{ ...right, lines: [{ sku: 'a' }] }, '$.lines[0].price is missing, and the schema has no default for it'],
    [{ ...right, lines: {} }, '$.lines must be a list'],
    [{ ...right, colour: 1 }, '$.colour is no field of shop.Order, which has id, lines, notes'],
    [{ ...right, notes: { 'first one': 'x' } }, "$.notes['first one'] must be a whole number of 32 bits"],
    [{ ...right, notes: { "it's": 'x' } }, "$.notes['it\\'s'] must be a whole number of 32 bits"],
    [{ ...right, notes: [] }, '$.notes must be an object'],
    [[], '$ must be an object with the fields of shop.Order'],
    [null, '$ must be an object with the fields of shop.Order'],
    [{ ...right, id: 2 ** 53 }, '$.id must be a whole number of 64 bits, as text of digits beyond ±9007199254740991'],
    [
      { ...right, id: '9223372036854775808' },
      '$.id must be a whole number of 64 bits, as text of digits beyond ±9007199254740991',
    ],
    [{ ...right, id: 'one' }, '$.id must be a whole number of 64 bits, or its digits as text'],
  ])('%j', (value, problem) => {
    expect(problemOf(order, value)).toBe(problem)
  })

  it.each([
    ['boolean', 1, '$ must be true or false'],
    ['null', 0, '$ must be null'],
    ['int', 2 ** 31, '$ must be a whole number of 32 bits'],
    ['int', 1.5, '$ must be a whole number of 32 bits'],
    ['int', '1', '$ must be a whole number of 32 bits'],
    ['float', 1e300, '$ must be a number of 32 bits, "NaN", "Infinity" or "-Infinity"'],
    ['double', '1.5', '$ must be a number, "NaN", "Infinity" or "-Infinity"'],
    ['bytes', 'a', '$ must be bytes in base64'],
    [{ type: 'fixed', name: 'F', size: 2 }, 'AQID', '$ must be 2 bytes in base64'],
    [{ type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'C', '$ must be one of A, B'],
    [{ type: 'string', logicalType: 'uuid' }, 'x', '$ must be a UUID'],
    [
      timestamp('timestamp-millis'),
      '2026-02-30T00:00:00Z',
      '$ must be a time such as 2026-11-28T18:30:00.123Z with at most 3 digits after the point, or a number',
    ],
    [
      timestamp('timestamp-millis'),
      '2026-11-28T18:30:00.1234Z',
      '$ must be a time such as 2026-11-28T18:30:00.123Z with at most 3 digits after the point, or a number',
    ],
    [
      timestamp('timestamp-micros'),
      '2026-11-28T18:30:00',
      '$ must be a time such as 2026-11-28T18:30:00.123Z with at most 6 digits after the point, or a number',
    ],
    [
      timestamp('local-timestamp-millis'),
      '2026-11-28T18:30:00Z',
      '$ must be a time such as 2026-11-28T18:30:00.123, without a zone and with at most 3 digits after the point, or a number',
    ],
    [
      timestamp('timestamp-nanos'),
      '9999-01-01T00:00:00Z',
      '$ must be a time such as 2026-11-28T18:30:00.123Z with at most 9 digits after the point, or a number',
    ],
    [{ type: 'int', logicalType: 'date' }, '2026-13-01', '$ must be a date such as 2026-11-28, or a number'],
    [{ type: 'fixed', name: 'T', size: 12, logicalType: 'duration' }, 'P1X', '$ must be a duration such as P1M2DT3.5S'],
    [decimal(4, 2), '123', '$ has more than 4 digits'],
    [decimal(4, 2), 'ten', '$ must be a decimal number, as text or as number'],
    [decimal(40, 2), 1.2345678901234567e19, '$ has too many digits for a number: write it as text'],
    [decimal(4, 2), `1${'0'.repeat(100_000)}`, '$ must be a decimal number, as text or as number'],
    [decimal(4, 2), '1e999', '$ has more than 4 digits'],
    [['null', 'int', 'string'], true, '$ fits no branch of the union null, int, string'],
    [['null', record('R', { a: 'int' })], { a: 'x' }, '$.a must be a whole number of 32 bits'],
    [
      ['null', record('shop.R', { a: 'int' })],
      { 'shop.R': { a: 'x' } },
      "$['shop.R'].a must be a whole number of 32 bits",
    ],
  ])('%j does not take %j', (schema, value, problem) => {
    expect(problemOf(schema, value)).toBe(problem)
  })
})

describe('decimals', () => {
  it.each([
    ['1.5', '1.50'],
    [1.5, '1.50'],
    [0.1, '0.10'],
    ['+7', '7.00'],
    ['1.500', '1.50'],
    ['1e3', '1000.00'],
    ['12e-1', '1.20'],
    [-0.05, '-0.05'],
    [9007199254740991, '9007199254740991.00'],
    ['-0', '0.00'],
  ])('%j is written as %s', (value, text) => {
    expect(decoded(decimal(20, 2), encoded(decimal(20, 2), value))).toBe(text)
  })
})

describe('decimals that others wrote', () => {
  it.each([
    ['more bytes than it needs', '04 ff 80', '-128'],
    ['no bytes', '00', '0'],
    ['more digits than its precision', '06 7f ff ff', '8388607'],
  ])('with %s', (_, hex, text) => {
    expect(decoded(decimal(3, 0), hex)).toBe(text)
  })
})

describe('times', () => {
  it.each([
    ['timestamp-millis', '2026-11-28T18:30:00+01:30', '2026-11-28T17:00:00.000Z'],
    ['timestamp-millis', '2026-11-28T18:30Z', '2026-11-28T18:30:00.000Z'],
    ['timestamp-millis', 0, '1970-01-01T00:00:00.000Z'],
    ['timestamp-micros', '2026-11-28T18:30:00.1Z', '2026-11-28T18:30:00.100000Z'],
    ['timestamp-micros', '1764355000123456', '2025-11-28T18:36:40.123456Z'],
    ['timestamp-micros', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000000Z'],
    ['timestamp-micros', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['timestamp-nanos', '1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z'],
    ['timestamp-nanos', '2026-11-28T18:30:00.1230000000000Z', '2026-11-28T18:30:00.123000000Z'],
  ])('%s %j is written as %s', (unit, value, text) => {
    expect(decoded(timestamp(unit), encoded(timestamp(unit), value))).toBe(text)
  })

  it.each([
    ['P1Y2M', 'P14M'],
    ['P2W', 'P14D'],
    ['PT1H1M1.5S', 'PT3661.500S'],
  ])('the duration %s is written as %s', (value, text) => {
    const schema = { type: 'fixed', name: 'T', size: 12, logicalType: 'duration' }
    expect(decoded(schema, encoded(schema, value))).toBe(text)
  })
})

describe('fields that are left out', () => {
  const withDefault = (type: unknown, fallback: unknown) => ({
    type: 'record',
    name: 'R',
    fields: [{ name: 'f', type, default: fallback }],
  })

  it.each([
    ['int', 5, 5],
    ['string', 'x', 'x'],
    [['null', 'string'], null, null],
    [['string', 'null'], 'x', 'x'],
    // In a schema the default of bytes has a character for each byte.
    ['bytes', '\u0000ÿ', 'AP8='],
    [{ type: 'fixed', name: 'F', size: 1 }, 'ÿ', '/w=='],
    [decimal(4, 2), '\u0001\u0000', '2.56'],
    [timestamp('timestamp-millis'), 0, '1970-01-01T00:00:00.000Z'],
    [{ type: 'array', items: 'int' }, [1], [1]],
    [{ type: 'map', values: 'int' }, {}, {}],
    [{ type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'B', 'B'],
    [record('Inner', { a: 'int' }), { a: 1 }, { a: 1 }],
  ])('%j has the default %j', (type, fallback, expected) => {
    const schema = withDefault(type, fallback)
    expect(decoded(schema, encoded(schema, {}))).toEqual({ f: expected })
  })

  it('are refused if the default does not fit its type', () => {
    expect(problemOf(withDefault('int', 'x'), {})).toBe(
      '$.f must be a whole number of 32 bits (the default in the schema)',
    )
    expect(decoded(withDefault('int', 'x'), '02')).toEqual({ f: 1 })
  })

  it('do not recurse for ever', () => {
    const endless = { type: 'record', name: 'R', fields: [{ name: 'f', type: 'R', default: {} }] }
    expect(problemOf(endless, {})).toMatch(/is nested deeper than 128 levels/)
  })
})

describe('unions', () => {
  const card = record('shop.Card', { number: 'string' })
  const cash = record('shop.Cash', { amount: 'int', number: 'string' })

  it.each([
    ['the first branch that holds a number exactly', ['int', 'long', 'float', 'double'], 1, { int: 1 }],
    ['a larger one', ['int', 'long', 'float', 'double'], 2 ** 40, { long: 2 ** 40 }],
    ['a fraction that a float holds', ['int', 'float', 'double'], 0.5, { float: 0.5 }],
    ['a fraction that it does not hold', ['int', 'float', 'double'], 0.1, { double: 0.1 }],
    ['a fraction that no branch holds exactly', ['int', 'float'], 0.1, { float: Math.fround(0.1) }],
    ['text of digits beside text', ['string', 'long'], '5', '5'],
    ['a symbol before text', [{ type: 'enum', name: 'E', symbols: ['A'] }, 'string'], 'A', { E: 'A' }],
    ['text that is no symbol', [{ type: 'enum', name: 'E', symbols: ['A'] }, 'string'], 'B', { string: 'B' }],
    [
      'the record whose fields fit',
      [card, cash],
      { amount: 1, number: 'x' },
      { 'shop.Cash': { amount: 1, number: 'x' } },
    ],
    [
      'a record by the last part of its name',
      [card, cash],
      { Card: { number: 'x' } },
      { 'shop.Card': { number: 'x' } },
    ],
    ['a map that looks like a named branch', ['null', { type: 'map', values: 'int' }], { map: 1 }, { map: { map: 1 } }],
  ])('%s', (_, schema, value, expected) => {
    const read = decoded(schema, encoded(schema, value))
    const [plain] = typeof expected === 'object' ? Object.values(expected) : [expected]
    expect([expected, plain]).toContainEqual(read)
    expect(encoded(schema, read)).toBe(encoded(schema, value))
    expect(encoded(schema, expected)).toBe(encoded(schema, value))
  })

  it('that fit only after many attempts are refused', () => {
    const names = Array.from({ length: 30 }, (_, depth) => `R${depth}`)
    const last = record('Last', { next: 'int' })
    const level = (depth: number): unknown => {
      const inner = depth === names.length ? last : level(depth + 1)
      const first = { type: 'record', name: `A${depth}`, fields: [{ name: 'next', type: inner }] }
      const second = {
        type: 'record',
        name: `B${depth}`,
        fields: [{ name: 'next', type: depth === names.length ? 'Last' : `A${depth + 1}` }],
      }
      return [first, second]
    }
    const wrapped = (depth: number): unknown => (depth > names.length ? { next: 'x' } : { next: wrapped(depth + 1) })
    expect(problemOf(level(0), wrapped(0))).toMatch(/too many attempts/)
  })
})
