import fc from 'fast-check'
import { parseValue } from 'graphql'
import { expect, it } from 'vitest'
import { JsonScalar, SENT_VARIABLES, UnwritableJson } from '../../../../src/graphql/core/scalars/json.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '_'),
  fc.stringMatching(/^[A-Za-z_]\w{0,5}$/),
)
const leaves = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'binary' }),
  fc.maxSafeInteger(),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter(value => !Object.is(value, -0)),
)
const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    leaves,
    fc.array(tie('json')),
    fc.array(fc.tuple(names, tie('json'))).map(Object.fromEntries),
  ),
}))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The value as GraphQL writes it: keys stand without quotes. */
const literalOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literalOf).join(' ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, field]) => `${key}: ${literalOf(field)}`)
    .join(' ')}}`
}

it('a literal is the JSON value that it says, whatever it is', () => {
  const isSame = (value: unknown) => {
    const read = JsonScalar.parseLiteral(parseValue(literalOf(value)))
    expect(JSON.stringify(read)).toBe(JSON.stringify(value))
  }
  fc.assert(fc.property(json, isSame), { seed: SEED, numRuns: 1000 })
})

it('a variable within it is the value that was sent, whatever that is', () => {
  const isSame = (value: unknown) => {
    const variables = { v: 'coerced', [SENT_VARIABLES]: { given: { v: value }, defaults: new Map() } }
    const read = JsonScalar.parseLiteral(parseValue('{ a: [$v], b: $v }'), variables)
    expect(JSON.stringify(read)).toBe(JSON.stringify({ a: [value], b: value }))
  }
  fc.assert(fc.property(json, isSame), { seed: SEED, numRuns: 200 })
})

it.each(['RED', '[RED]', '{ a: { b: [RED] } }', '9007199254740993', '-1e16', '{ a: 1e400 }', '1e-999'])(
  '%s is refused, not stored as something else',
  text => {
    expect(JsonScalar.parseLiteral(parseValue(text))).toBeInstanceOf(UnwritableJson)
  },
)
