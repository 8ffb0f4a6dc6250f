import { describe, expect, it } from 'vitest'
import { codecOf, problemOf } from './codec.ts'

const ORDER = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['id', 'lines'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 1 },
    note: { type: ['string', 'null'], maxLength: 5 },
    status: { enum: ['OPEN', 'SHIPPED'] },
    placedAt: { type: 'string', format: 'date-time' },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/definitions/line' } },
    'unit price': { type: 'number', multipleOf: 0.01 },
  },
  definitions: {
    line: { type: 'object', properties: { sku: { type: 'string', pattern: '^[A-Z]{3}$' } }, required: ['sku'] },
  },
}
const order = (more: object): unknown => ({ id: 1, lines: [{ sku: 'ABC' }], ...more })
const codec = codecOf(ORDER)

describe('a value that is written by a JSON Schema', () => {
  it('is plain JSON', () => {
    const value = order({ note: null, status: 'OPEN', 'unit price': 0.07 })
    const { bytes, messageIndexes } = codec.encode(value)
    expect(JSON.parse(bytes.toString())).toEqual(value)
    expect(messageIndexes).toBeNull()
  })

  it.each([
    [order({ id: '1' }), '$.id: expected a whole number, found "1"'],
    [order({ id: 0 }), '$.id: expected at least 1, found 0'],
    [order({ note: 'too long' }), '$.note: expected at most 5 characters, found 8'],
    [order({ note: 5 }), '$.note: expected a text or null, found 5'],
    [order({ status: 'LOST' }), '$.status: expected one of "OPEN", "SHIPPED", found "LOST"'],
    [
      order({ placedAt: '2026-02-30T00:00:00Z' }),
      '$.placedAt: expected the format date-time, found "2026-02-30T00:00:00Z"',
    ],
    [order({ lines: [] }), '$.lines: expected at least 1 items, found 0'],
    [order({ lines: [{ sku: 'ABC' }, {}] }), '$.lines[1].sku: the property is required'],
    [order({ lines: [{ sku: 'abc' }] }), '$.lines[0].sku: expected a text that matches "^[A-Z]{3}$", found "abc"'],
    [order({ 'unit price': 0.075 }), "$['unit price']: expected a multiple of 0.01, found 0.075"],
    [
      order({ more: 1 }),
      '$.more: the schema has no property "more"; it has id, note, status, placedAt, lines, unit price',
    ],
    [[], '$: expected an object, found a list'],
    [undefined, '$: there is no value'],
  ])('is refused with the path of the first field that does not fit (%#)', (value, problem) => {
    expect(problemOf(codec, value)).toBe(problem)
  })

  it('names the alternative that comes closest', () => {
    const either = codecOf({
      oneOf: [
        { type: 'object', properties: { kind: { const: 'card' }, number: { type: 'string' } }, required: ['kind'] },
        { type: 'string' },
      ],
    })
    expect(problemOf(either, { kind: 'card', number: 5 })).toBe(
      '$.number: expected a text, found 5; the value fits none of 2 alternatives',
    )
  })

  it('has as many items as "contains" asks for', () => {
    const some = codecOf({ prefixItems: [{}], contains: { type: 'integer' }, minContains: 2, maxContains: 3 })
    expect(problemOf(some, [1, 'a'])).toBe('$: expected at least 2 items that fit "contains", found 1')
    expect(problemOf(some, [1, 2, 'a', 3])).toBeNull()
    expect(problemOf(some, [1, 2, 3, 4])).toBe('$: expected at most 3 items that fit "contains", found 4')
    expect(problemOf(codecOf({ contains: {} }), [])).toBe('$: expected at least 1 items that fit "contains", found 0')
  })

  it('keeps all digits of a number that was read as text', () => {
    const wide = codecOf({
      properties: { id: { type: 'integer' }, text: { type: 'string' }, list: { items: { type: ['number', 'null'] } } },
    })
    const text = '{"id":9007199254740993,"text":"9007199254740993","list":[null,-123456789012345678901234567890]}'
    const { value } = wide.decode(Buffer.from(text), 0, {})
    expect(wide.encode(value).bytes.toString()).toBe(text)
    expect(codecOf({ type: 'integer' }).encode('9007199254740993').bytes.toString()).toBe('9007199254740993')
  })

  const DIGITS = '12345678901234567890'
  const [integer, text] = [{ type: 'integer' }, { type: 'string' }]
  it.each([
    [{ anyOf: [integer, text] }, DIGITS, `"${DIGITS}"`],
    [{ oneOf: [text, integer] }, DIGITS, `"${DIGITS}"`],
    [{ oneOf: [integer, { type: 'null' }] }, DIGITS, DIGITS],
    [{ anyOf: [{ properties: { a: integer } }, { anyOf: [false] }] }, { a: DIGITS }, `{"a":${DIGITS}}`],
    [{ type: 'string', not: integer }, DIGITS, `"${DIGITS}"`],
    ['{"if":{"type":"integer"},"then":false}', DIGITS, `"${DIGITS}"`],
    [
      { properties: { a: integer, b: { anyOf: [integer, text] } } },
      { a: DIGITS, b: DIGITS },
      `{"a":${DIGITS},"b":"${DIGITS}"}`,
    ],
    [
      { properties: { a: integer, b: { ...text, not: integer } } },
      { a: DIGITS, b: DIGITS },
      `{"a":${DIGITS},"b":"${DIGITS}"}`,
    ],
    [{ type: 'integer', maximum: 2 ** 64, multipleOf: 10 }, DIGITS, DIGITS],
    [{ type: 'integer', exclusiveMaximum: 2 ** 63 }, '9223372036854775807', '9223372036854775807'],
    [{ type: 'number', minimum: 2 ** 63 }, '9223372036854775808.5', '9223372036854775808.5'],
  ])('keeps a text of digits where a text fits (%#)', (schema, value, json) => {
    expect(codecOf(schema).encode(value).bytes.toString()).toBe(json)
  })

  it.each([
    [{ maximum: 1000, type: 'integer' }, DIGITS, `$: expected at most 1000, found ${DIGITS}`],
    [
      { type: 'integer', exclusiveMinimum: 2 ** 63 },
      '9223372036854775807',
      '$: expected more than 9223372036854776000',
    ],
    [{ allOf: [{ minimum: 0 }, integer] }, `-${DIGITS}`, `$: expected at least 0, found -${DIGITS}`],
    [{ type: 'integer', multipleOf: 7 }, DIGITS, '$: expected a multiple of 7'],
    [{ type: 'integer', not: { minimum: 1 } }, DIGITS, '$: the value fits a schema that it must not fit'],
    [
      { propertyNames: integer },
      { [DIGITS]: 'x],1' },
      `$['${DIGITS}']: the name of the property: expected a whole number`,
    ],
    [integer, '1'.repeat(1001), '$: expected a whole number'],
  ])('compares all digits of a number that was read as text (%#)', (schema, value, problem) => {
    expect(problemOf(codecOf(schema), value)).toContain(problem)
  })

  it('may refer to the references of the schema by their names, and to nothing else', () => {
    const address = { name: 'address.json', schema: '{"type":"object","properties":{"city":{"type":"string"}}}' }
    const customer = codecOf({ properties: { address: { $ref: 'address.json' } } }, [address])
    expect(problemOf(customer, { address: { city: 'London' } })).toBeNull()
    expect(problemOf(customer, { address: { city: 5 } })).toBe('$.address.city: expected a text, found 5')
    const far = codecOf({ properties: { a: { $ref: 'https://example.com/a.json' } } })
    expect(problemOf(far, { a: 1 })).toBe(
      '$: the schema cannot be used: the schema refers to "https://example.com/a.json", which is neither in it nor among its references',
    )
  })

  it('may refer to a reference by its $id, its anchors and a pointer into it', () => {
    const types = {
      name: 'types',
      schema: JSON.stringify({
        $id: 'https://example.com/types.json',
        $defs: { money: { type: 'number' }, code: { $anchor: 'code', type: 'string' } },
      }),
    }
    const price = codecOf(
      {
        $id: 'https://example.com/price.json',
        properties: { amount: { $ref: 'types.json#/$defs/money' }, currency: { $ref: 'types.json#code' } },
      },
      [types],
    )
    expect(problemOf(price, { amount: 1, currency: 'EUR' })).toBeNull()
    expect(problemOf(price, { amount: 1, currency: 5 })).toBe('$.currency: expected a text, found 5')
  })
})
