import fc from 'fast-check'
import {
  coerceInputValue,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  getNamedType,
  getVariableValues,
  isInputType,
  parse,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { createCoercers, REFUSED } from '../../../../src/server/pipeline/plan/coerce-input.ts'
import { InputBudget, tooManyValues } from '../../../../src/server/pipeline/plan/input-values.ts'
import { createReadyOperations } from '../../../../src/server/pipeline/plan/ready-operations.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const schema = buildSchema()

const SCALARS = [
  ...[
    '',
    'text',
    'a2Fma2E=',
    '42',
    '-1',
    '9223372036854775808',
    'PT15M',
    'P1Y',
    '2025-01-31T09:30:00.000Z',
    '2025-02-30',
  ],
  ...[0, 7, -1, 1.5, 2 ** 31, 2 ** 53, true, false, 'ALL', 'NONE', 'GZIP', '00000000-0000-0000-0000-000000000000'],
]
const FITTING: Readonly<Record<string, unknown>> = {
  ...{ Int: 7, Float: 1.5, Boolean: true, Long: '42', DateTime: '2025-01-31T09:30:00.000Z', Duration: 'PT15M' },
  ...{ Bytes: 'a2Fma2E=', UUID: '00000000-0000-4000-8000-000000000000' },
}
const junk = fc.oneof(
  fc.constantFrom<unknown>(...SCALARS, null, [], {}),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(JSON.parse('{"__proto__": 1, "constructor": {}}')),
)

/** Values that mostly fit the type, so that errors occur deep inside. */
const valuesOf = (type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> => {
  if (type instanceof GraphQLNonNull) return valuesOf(type.ofType, depth)
  const fitting = (): fc.Arbitrary<unknown> => {
    if (depth > 5) return fc.constant({})
    if (type instanceof GraphQLList) return fc.array(valuesOf(type.ofType, depth + 1), { maxLength: 3 })
    if (type instanceof GraphQLEnumType) return fc.constantFrom(...type.getValues().map(({ name }) => name))
    if (!(type instanceof GraphQLInputObjectType)) {
      const arbitrary = fc.constant(FITTING[getNamedType(type).name] ?? 'text')
      return fc.oneof({ weight: 12, arbitrary }, fc.constantFrom<unknown>(...SCALARS))
    }
    const fields = Object.values(type.getFields())
    const required = fields.filter(field => field.type instanceof GraphQLNonNull).map(({ name }) => name)
    const values = Object.fromEntries(fields.map(field => [field.name, valuesOf(field.type, depth + 1)]))
    const whole = fc.record(values, { requiredKeys: required })
    const one = fc.oneof(...fields.map(field => fc.record({ [field.name]: valuesOf(field.type, depth + 1) })))
    return type.isOneOf ? fc.oneof({ weight: 8, arbitrary: one }, whole) : whole
  }
  return fc.oneof({ weight: 40, arbitrary: fitting() }, { weight: 1, arbitrary: junk }, fc.constant(null))
}

const argumentTypes = (): readonly GraphQLInputType[] => {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const fields = types.flatMap(type => Object.values(type?.getFields() ?? {}))
  const byText = new Map(fields.flatMap(({ args }) => args.map(({ type }) => [String(type), type])))
  return [...byText.values()]
}

describe('the coercion of variables', () => {
  const coercerOf = createCoercers()

  it.each(argumentTypes().map(type => [String(type), type] as const))('decides about %s as graphql does', (_, type) => {
    let right = 0
    const isSame = (value: unknown) => {
      const errors: unknown[] = []
      const expected: unknown = coerceInputValue(value, type, (_path, _value, error) => errors.push(error))
      const coerced = coercerOf(type)(value, new InputBudget())
      if (errors.length === 0) right++
      expect(coerced).toStrictEqual(errors.length > 0 ? REFUSED : expected)
      // Keys in the same order, too.
      if (errors.length === 0) expect(JSON.stringify(coerced, text)).toBe(JSON.stringify(expected, text))
    }
    fc.assert(fc.property(valuesOf(type), isSame), { seed: SEED, numRuns: 150 })
    expect(right).toBeGreaterThan(0)
  })

  it('has its own test for every input type', () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (isInputType(type)) expect(() => coercerOf(getNamedType(type))({}, new InputBudget())).not.toThrow()
    }
  })
})

const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

const PRODUCE = 'mutation Write($input: ProduceInput!) { produce(input: $input) { results { offset } } }'
const PAGE =
  'query ($first: Int = 7, $after: Cursor, $on: Boolean! = true) { topics(first: $first, after: $after) { nodes { name @include(if: $on) } } }'
const MESSAGE = { key: { string: 'k' }, value: { base64: 'AAE=' }, timestamp: '2025-01-31T09:30:00.000Z' }
const CASES: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['an input object', PRODUCE, { input: { topic: 't', messages: [MESSAGE] } }],
  ['one item for a list', PRODUCE, { input: { topic: 't', messages: MESSAGE } }],
  ['a variable that is not used', PRODUCE, { input: { topic: 't', messages: [] }, more: 1 }],
  ['no variable where one is required', PRODUCE, {}],
  ['null where a value is required', PRODUCE, { input: null }],
  ['a field that is not there', PRODUCE, { input: { topic: 't', messages: [], nothing: 1 } }],
  ['two keys of a OneOf', PRODUCE, { input: { topic: 't', messages: [{ key: { string: 'a', base64: '' } }] } }],
  ['a null in a OneOf', PRODUCE, { input: { topic: 't', messages: [{ key: { string: null } }] } }],
  ['defaults', PAGE, {}],
  ['null in place of a default', PAGE, { first: null }],
  ['null in place of a default that is required', PAGE, { on: null }],
  ['a scalar of our own', PAGE, { after: 'abc', first: 3 }],
  ['a number with a fraction', PAGE, { first: 1.5 }],
  [
    'a name of JavaScript',
    'query ($__proto__: Int = 3, $constructor: Int) { topics(first: $__proto__) { nodes { name } } }',
    JSON.parse('{"__proto__": 4}'),
  ],
]

describe('a ready operation', () => {
  const readyOperation = createReadyOperations(schema)

  it.each(CASES)('has the same variables as graphql: %s', (_, source, given) => {
    const document = parse(source)
    const ready = readyOperation(document, undefined)
    const [definition] = document.definitions
    const nodes = definition?.kind === 'OperationDefinition' ? (definition.variableDefinitions ?? []) : []
    const { coerced } = getVariableValues(schema, nodes, given)
    expect(ready?.variablesOf(given)).toEqual(coerced)
  })

  it('is found by its name among several, and made once', () => {
    const document = parse('query A { __typename } mutation B { __typename }')
    expect(readyOperation(document, undefined)).toBeUndefined()
    expect(readyOperation(document, '')).toBeUndefined()
    expect(readyOperation(document, 'A')?.kind).toBe('query')
    expect(readyOperation(document, 'B')?.kind).toBe('mutation')
    expect(readyOperation(document, 'B')).toBe(readyOperation(document, 'B'))
  })
})

describe('variables with too many values', () => {
  const readyOperation = createReadyOperations(schema)
  const most = 100_000
  const DELETE = parse('mutation ($names: [String!]!) { deleteTopics(topics: $names) { topics } }')
  const ALTER = parse('mutation ($k: [NewTopicInput!]!) { createTopics(topics: $k) { topics { name } } }')
  const replicas = (count: number) => [{ name: 't', replicasAssignments: Array.from({ length: count }, () => [1]) }]

  it('are refused before they are coerced: list items', () => {
    const ready = readyOperation(DELETE, undefined)
    expect(ready?.variablesOf({ names: Array(most).fill('a') })).toBeDefined()
    const given = { names: Array(most + 1).fill('a') }
    expect(ready?.variablesOf(given)).toBeUndefined()
    expect(tooManyValues(given)?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('are refused before they are coerced: lists within objects', () => {
    const ready = readyOperation(ALTER, undefined)
    expect(ready?.variablesOf({ k: replicas(most / 4) })).toBeDefined()
    const given = { k: replicas(most / 2) }
    expect(ready?.variablesOf(given)).toBeUndefined()
    expect(tooManyValues(given)?.message).toContain('more than 100000 values')
  })

  it('do not count the values within JSON', () => {
    const ready = readyOperation(parse(PRODUCE), undefined)
    const value = { json: Array(2 * most).fill(0) }
    expect(ready?.variablesOf({ input: { topic: 't', messages: [{ value }] } })).toBeDefined()
  })
})
