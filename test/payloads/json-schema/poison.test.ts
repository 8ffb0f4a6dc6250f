import { describe, expect, it } from 'vitest'
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
    const many = { enum: Array.from({ length: 1000 }, (_, index) => ({ index })) }
    expect(
      problemOf(
        codecOf({ items: many }),
        Array.from({ length: 1000 }, () => ({ index: 999 })),
      ),
    ).toMatch('200000 steps')
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
