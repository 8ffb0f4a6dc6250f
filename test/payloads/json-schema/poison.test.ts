import { describe, expect, it } from 'vitest'
import { SchemaDocuments } from '../../../src/payloads/json-schema/schema/schema-documents.ts'
import { SchemaValidator } from '../../../src/payloads/json-schema/validation/validate.ts'
import { codecOf, problemOf } from './codec.ts'

const deep = (levels: number): unknown => {
  let value: unknown = 'end'
  for (let level = 0; level < levels; level++) value = { inner: value }
  return value
}

describe('hostile JSON Schemas', () => {
  it.each([
    ['that refers to itself', { $ref: '#' }, {}, 'nested deeper than 400 levels'],
    ['that refers to itself by another', { $ref: '#/a', a: { $ref: '#' } }, {}, 'nested deeper than 400 levels'],
    [
      'whose alternatives double at every level',
      { properties: { inner: { allOf: [{ $ref: '#' }, { $ref: '#' }] } } },
      deep(40),
      'takes more than 200000 steps',
    ],
    [
      'whose pattern backtracks for ever',
      { pattern: '^(a|a)*$' },
      `${'a'.repeat(10_000)}!`,
      'expected a text that matches',
    ],
    ['whose pattern looks ahead', { pattern: '^(?=a)' }, 'a', 'cannot be checked'],
    ['whose pattern is a program', { pattern: '(?:(?:a{100}){10}){9}' }, 'a', /repeats too much|cannot be checked/],
    ['whose pattern is long', { pattern: 'a'.repeat(2000) }, 'a', 'more than 1000 characters'],
    ['whose pattern is no pattern', { pattern: '(' }, 'a', 'cannot be checked'],
    ['that is no JSON', 'process.exit()', 1, 'the schema is not JSON'],
    ['that is nested deeply', '['.repeat(100_000), 1, 'nested deeper than 500 levels'],
    ['of 2 MB', JSON.stringify({ description: 'x'.repeat(2_000_000) }), 1, 'more than 1048576 characters'],
  ])('one %s is a problem', (_, schema, value, problem) => {
    expect(problemOf(codecOf(schema), value)).toMatch(problem)
  })

  it('compare large values within a bound', () => {
    const list = Array.from({ length: 20_000 }, (_, index) => [index, [index]])
    expect(problemOf(codecOf({ uniqueItems: true }), list)).toMatch('takes more than 200000 steps')
    const choice = { enum: Array.from({ length: 1000 }, (_, index) => ({ index })) }
    expect(
      problemOf(
        codecOf({ items: choice }),
        Array.from({ length: 1000 }, () => ({ index: 999 })),
      ),
    ).toMatch('200000 steps')
  })

  const numbers = (count: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, index]))
  const many = (count: number, item: unknown): readonly unknown[] => Array.from({ length: count }, () => item)
  const long = 'x'.repeat(100_000)
  const names = Object.keys(numbers(10_000))

  it.each([
    ['properties of the value', { items: { minProperties: 1 } }, many(100, numbers(10_000))],
    ['required properties', { items: { anyOf: [{ required: names }, true] } }, many(100, {})],
    ['types', { items: { type: [...names, 'object'] } }, many(100, {})],
    ['characters for a length', { items: { minLength: 1 } }, many(200, long)],
    ['characters for a format', { items: { anyOf: [{ format: 'uri' }, true] } }, many(200, long)],
    ['patterns', { items: { patternProperties: numbers(10_000) } }, many(100, {})],
  ])('pay for %s', (_, schema, value) => {
    expect(problemOf(codecOf(schema), value)).toMatch('takes more than 200000 steps')
  })

  it('are looked through once, not for each value', () => {
    let reads = 0
    const parsed: unknown = new Proxy(numbers(10_000), {
      ownKeys: target => {
        reads++
        return Reflect.ownKeys(target)
      },
    })
    const documents = new SchemaDocuments({ schemaType: 'JSON', schema: '{}', references: [] })
    const root: unknown = { items: parsed }
    Object.defineProperty(documents, 'root', { value: root })
    new SchemaValidator(documents).validate(many(300, 1))
    expect(reads).toBe(1)
  })

  it('have short identifiers', () => {
    const problem = 'a schema has more than 2000 characters'
    expect(problemOf(codecOf({ $id: `https://example.com/${long}` }), 1)).toMatch(problem)
    expect(problemOf(codecOf({ $anchor: long }), 1)).toMatch(problem)
    const part = `${'x'.repeat(1500)}/`
    expect(problemOf(codecOf({ $id: part, items: { $id: part } }), 1)).toMatch(problem)
    expect(problemOf(codecOf({}, [{ name: long, schema: '{}' }]), 1)).toMatch(problem)
    expect(problemOf(codecOf({ $id: part, items: { $anchor: 'a' } }), 1)).toBeNull()
  })

  it('have names that every object inherits, and names that are code', () => {
    const names = '"__proto__","constructor","toString","hasOwnProperty","x\\"];process.exit();//"'
    const properties = `{"__proto__":{"type":"integer"},"constructor":{"type":"integer"},"x\\"];process.exit();//":{"type":"integer"}}`
    const codec = codecOf(`{"required":[${names}],"properties":${properties}}`)
    expect(problemOf(codec, {})).toBe('$.__proto__: the property is required')
    const value: unknown = JSON.parse(
      '{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4,"x\\"];process.exit();//":5}',
    )
    expect(problemOf(codec, value)).toBeNull()
    expect(problemOf(codecOf({ properties: { toString: { type: 'string' } } }), {})).toBeNull()
    expect(problemOf(codecOf({ $ref: '#/constructor' }), {})).toMatch('neither in it nor among its references')
  })

  it('may have keywords of the wrong kind, which count as absent', () => {
    const odd = {
      type: 5,
      properties: [],
      items: 'x',
      required: {},
      minimum: 'a',
      pattern: 1,
      enum: {},
      allOf: 1,
      if: 1,
    }
    expect(problemOf(codecOf(odd), { a: [1, 'x', {}] })).toBeNull()
    for (const schema of [5, 'text', null, []]) expect(problemOf(codecOf(JSON.stringify(schema)), { a: 1 })).toBeNull()
  })

  it('write values that are nested deeply, without a look where the schema says nothing', () => {
    expect(problemOf(codecOf({}), deep(400))).toBeNull()
    expect(problemOf(codecOf({ properties: { inner: { $ref: '#' } } }), deep(100))).toBeNull()
  })
})
