import { buildSchema, GraphQLError, getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { buildSchema as buildOwnSchema } from '../../../../src/graphql/schema.ts'
import { createRunner, graphqlsOwn } from './run.ts'

const schema = buildSchema(
  'type Query { items: [Item] item: Item } type Item { text: String words: [String!] fails: Int next: Item }' +
    ' type Mutation { write: Item }',
)
const aliases = (count: number, of: string) => Array.from({ length: count }, (_, n) => `a${n}: ${of}`).join(' ')
const codesOf = ({ errors = [] }: { errors?: readonly { extensions?: { code?: unknown } }[] }) =>
  errors.map(({ extensions }) => extensions?.code)
const small = { limits: { maxBytes: 10_000 } }

test('a response beyond its bytes is refused completely, and nothing more is resolved for it', async () => {
  const { begin, write } = createRunner(schema, small)
  let asked = 0
  const caller = new AbortController()
  const item = {
    text: () => {
      asked += 1
      return 'x'.repeat(100)
    },
  }
  const answer = await begin('{ items { text } }', { rootValue: { items: Array(5000).fill(item) }, caller })
  const seen = await write(answer)
  expect(seen.data).toBeNull()
  expect(codesOf(seen)).toEqual(['RESPONSE_TOO_LARGE'])
  expect(seen.errors?.[0]?.message).toMatch(/larger than 10000 bytes.*smaller pages/)
  expect(asked).toBeLessThan(110)
  expect(caller.signal.aborted).toBe(true)
})

test('a mutation with too large a response reports that its changes stay', async () => {
  const { ask } = createRunner(schema, small)
  const { errors = [] } = await ask('mutation { write { words } }', { write: { words: Array(2000).fill('words') } })
  expect(errors[0]?.message).toContain('What was changed stays changed')
})

test.each([
  ['keys', `{ item { ${aliases(1200, 'text')} } }`, { item: { text: '' } }],
  ['short values', '{ item { words } }', { item: { words: Array(5001).fill('') } }],
  ['escapes', '{ item { text } }', { item: { text: '\u0000'.repeat(2000) } }],
  ['characters of several bytes', '{ item { text } }', { item: { text: '語'.repeat(4000) } }],
  ['what aliases share', `{ ${aliases(20, 'item { words }')} }`, { item: { words: Array(300).fill('word') } }],
  ['what is null', '{ items { text } }', { items: Array(2500).fill(null) }],
  ['errors', '{ items { fails } }', { items: Array(200).fill({ fails: new Error('x'.repeat(100)) }) }],
])('%s count as bytes', async (_, source, rootValue) => {
  const answer = await createRunner(schema, small).ask(source, rootValue)
  expect(codesOf(answer)).toEqual(['RESPONSE_TOO_LARGE'])
  expect(answer.data).toBeNull()
  const { data } = await graphqlsOwn(schema, source, rootValue)
  expect((await createRunner(schema).ask(source, rootValue)).data).toEqual(data)
})

test('exactly the allowed number of bytes is answered', async () => {
  const answer = { data: { item: { text: '' } } }
  const room = 10_000 - JSON.stringify(answer).length
  const ask = (length: number) =>
    createRunner(schema, small).ask('{ item { text } }', { item: { text: 'x'.repeat(length) } })
  expect((await ask(room)).errors).toBeUndefined()
  expect(codesOf(await ask(room + 1))).toEqual(['RESPONSE_TOO_LARGE'])
})

test('errors beyond the limit are counted, and their fields are null', async () => {
  const { ask } = createRunner(schema, { limits: { maxErrors: 10 } })
  const fails = new Error('no')
  const { data, errors = [] } = await ask('{ items { fails text } }', { items: Array(25).fill({ fails, text: 'x' }) })
  expect(data).toEqual({ items: Array(25).fill({ fails: null, text: 'x' }) })
  expect(errors).toHaveLength(11)
  expect(errors[10]).toEqual({
    message: '15 more errors are left out. The fields that they concern are null.',
    extensions: { code: 'TOO_MANY_ERRORS', leftOut: 15 },
  })
})

test('an error that repeats its input is cut, for any number of aliases', async () => {
  const fails = new GraphQLError(`bad: ${'x'.repeat(1_000_000)}`, { extensions: { code: 'BAD_USER_INPUT' } })
  const { errors = [] } = await createRunner(schema).ask(`{ item { ${aliases(200, 'fails')} } }`, { item: { fails } })
  expect(errors).toHaveLength(200)
  expect(errors[0]?.message).toMatch(/^bad: x+… \(\d+ characters left out\) …x+$/)
  expect(errors[0]?.message.length).toBeLessThan(2100)
  expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' })
})

test('a resolver that refuses the response as too large refuses all of it, at once', async () => {
  const tooLarge = new GraphQLError('too large', { extensions: { code: 'RESPONSE_TOO_LARGE' } })
  const answer = await createRunner(schema).ask('{ items { fails text } }', {
    items: Array(50).fill({ fails: tooLarge }),
  })
  expect(answer.data).toBeNull()
  expect(codesOf(answer)).toEqual(['RESPONSE_TOO_LARGE'])
})

test('introspection under many aliases is refused, and the query of GraphiQL is not', async () => {
  const own = buildOwnSchema()
  const { ask } = createRunner(own, { limits: { maxBytes: 8 << 20 } })
  const bomb = `{ __schema { types { fields { type { fields { ${aliases(900, 'description')} } } } } } }`
  expect(codesOf(await ask(bomb))).toEqual(['RESPONSE_TOO_LARGE'])
  const asked = await ask(getIntrospectionQuery())
  expect(asked).toEqual(await graphqlsOwn(own, getIntrospectionQuery()))
})
