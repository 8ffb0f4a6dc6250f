import { buildSchema, getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { Turns } from '../../../../src/async/turns.ts'
import { createDocuments } from '../../../../src/server/pipeline/documents/documents.ts'

const schema = buildSchema('type Query { self: Query, a: Int, b: Int }')
const limits = { maxDepth: 20, maxFields: 1000, maxTokens: 10_000 }
const cache = { maxEntries: 3, maxBytes: 100_000 }
const check = (source: string, changes: Partial<typeof limits> = {}) =>
  createDocuments(schema, { ...limits, ...changes }, cache).check({ query: source })
const problem = (source: string, changes: Partial<typeof limits> = {}) => check(source, changes).errors?.[0]?.message

describe('the size of a document', () => {
  test('GraphiQL’s introspection fits the default limits', () => {
    const source = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true })
    expect(check(source).errors).toBeUndefined()
  })

  test('depth is counted through fragments and inline fragments', () => {
    const deep =
      'query { ...One } fragment One on Query { self { ... { ...Two } } } fragment Two on Query { self { a } }'
    expect(problem(deep, { maxDepth: 3 })).toBeUndefined()
    expect(problem(deep, { maxDepth: 2 })).toContain('depth 3')
  })

  test('aliases count, including those of __typename', () => {
    const aliases = Array.from({ length: 11 }, (_, index) => `x${index}: __typename`)
    expect(problem(`{ ${aliases.join(' ')} }`, { maxFields: 10 })).toContain('fields 11')
  })

  test('a fragment counts at each use: doubling thirty times is refused without visiting it', () => {
    const fragments = Array.from({ length: 30 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const source = `{ ...F0 } ${fragments.join(' ')} fragment F30 on Query { a b }`
    expect(problem(source)).toContain('fields')
  })

  test('values nested too deep for the parser are refused with that reason', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{ a: ', '}'],
    ] as const) {
      const { errors } = check(`{ a(x: ${open.repeat(40_000)}1${close.repeat(40_000)}) }`, { maxTokens: 1_000_000 })
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['QUERY_TOO_LARGE'])
    }
  })

  test('unused fragments and every operation count', () => {
    expect(problem('{ a } fragment F on Query { a b }', { maxFields: 2 })).toContain('fields 3')
    expect(problem('query A { a b } query B { a b }', { maxFields: 3 })).toContain('fields 4')
  })

  test('a fragment that contains itself is refused by validation', () => {
    expect(problem('{ ...F } fragment F on Query { self { ...F } }')).toContain(
      'Cannot spread fragment "F" within itself',
    )
  })

  test('the same field many times at one place is refused before validation compares all pairs', () => {
    const same = (count: number) => `{ ${'a '.repeat(count)} }`
    expect(problem(same(300))).toBeUndefined()
    expect(problem(same(990))).toContain('selects the same field at the same place too often')
    const within = Array.from({ length: 30 }, () => `self { ${'a '.repeat(30)} }`).join(' ')
    expect(problem(`{ ${within} }`)).toContain('too often')
    const fragments = Array.from({ length: 330 }, (_, n) => `fragment F${n} on Query { a b }`).join(' ')
    const spreads = Array.from({ length: 330 }, (_, n) => `...F${n}`).join(' ')
    expect(problem(`{ ${spreads} } ${fragments}`, { maxFields: 2000 })).toContain('too often')
    const circle = `fragment F on Query { self { ...F } ${'a '.repeat(600)} }`
    expect(problem(`{ ...F } ${circle}`, { maxFields: 2000 })).toContain('too often')
  })

  test('an alias longer than a name may be is refused, because a response repeats it for every list item', () => {
    expect(problem(`{ ${'x'.repeat(256)}: a }`)).toBeUndefined()
    expect(problem(`{ ${'x'.repeat(257)}: a }`)).toContain('characters of an alias 257')
    expect(problem(`{ ...F } fragment F on Query { self { ${'x'.repeat(257)}: a } }`)).toContain('alias 257')
  })

  test('following nested fragments takes time linear in their number', () => {
    const chain = Array.from({ length: 997 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} }`).join(' ')
    expect(problem(`{ ...F0 } ${chain} fragment F997 on Query { a }`)).toContain('too often')
    expect(problem(`{ ...F900 } ${chain.slice(chain.indexOf('fragment F900'))} fragment F997 on Query { a }`)).toBe(
      undefined,
    )
  })

  test('lines are counted before anything else, because each error scans all of them', () => {
    expect(problem(`{${'\n'.repeat(9000)}a }`)).toBeUndefined()
    for (const end of ['\n', '\r']) expect(problem(`{${end.repeat(10_001)}a }`)).toContain('more than 10000 lines')
  })

  test('tokens are counted while parsing', () => {
    expect(problem(`{ ${'a '.repeat(100)} }`, { maxTokens: 50 })).toContain('more that 50 tokens')
  })
})

describe('errors', () => {
  test('at most 5 validation errors are reported', () => {
    const { errors } = check('{ c d e f g h i j }')
    expect(errors).toHaveLength(5)
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('a syntax error is an error, not an exception', () => {
    expect(check('{').errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED')
  })
})

describe('the cache', () => {
  test('a valid document is parsed once', () => {
    const documents = createDocuments(schema, limits, cache)
    expect(documents.check({ query: '{ a }' }).document).toBe(documents.check({ query: '{ a }' }).document)
  })

  test('a refused document is kept for its request, and checked again for the next', () => {
    const documents = createDocuments(schema, limits, cache)
    const request = { query: '{ missing }' }
    expect(documents.check(request).errors).toBe(documents.check(request).errors)
    expect(documents.check({ ...request }).errors).not.toBe(documents.check(request).errors)
  })

  test('a large document is checked in turns, with the same result', async () => {
    const large = (field: string) => ({
      query: `{ ${Array.from({ length: 900 }, (_, i) => `a${i}: ${field}`).join(' ')} }`,
    })
    const turns = new Turns()
    const documents = createDocuments(schema, { ...limits, maxFields: 1000, maxTokens: 10_000 }, cache, turns)
    const plain = createDocuments(schema, { ...limits, maxFields: 1000, maxTokens: 10_000 }, cache)
    for (const request of [large('a'), large('missing'), { query: `{ a #${'x'.repeat(10_000)}\n` }]) {
      const before = turns.givenWay
      await documents.prepare(request)
      expect(turns.givenWay).toBeGreaterThan(before)
      expect(documents.prepare(request)).toBe(undefined)
      const [ours, theirs] = [documents.check(request), plain.check({ ...request })]
      expect(ours.errors?.map(error => error.toJSON())).toEqual(theirs.errors?.map(error => error.toJSON()))
      expect(ours.document === undefined).toBe(theirs.document === undefined)
    }
    expect(documents.prepare({ query: '{ a }' })).toBe(undefined)
  })

  test('keeps the most recently used entries, within its limits of entries and bytes', () => {
    const documents = createDocuments(schema, limits, cache)
    const first = documents.check({ query: '{ a }' }).document
    documents.check({ query: '{ b }' })
    documents.check({ query: '{ a b }' })
    expect(documents.check({ query: '{ a }' }).document).toBe(first)
    documents.check({ query: '{ b a }' })
    expect(documents.check({ query: '{ a }' }).document).toBe(first)
    const large = `{ a #${'x'.repeat(50_000)}\n}`
    expect(documents.check({ query: large }).document).not.toBe(documents.check({ query: large }).document)
  })
})
