import { buildSchema, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { createRunner, graphqlsOwn } from './run.ts'

const typeDefs = /* GraphQL */ `
  type Query { health: Health topics(names: [String!]): [Topic!]! node(id: ID!): Topic }
  type Health { count: Int! name: String topics: [Topic!]! }
  type Topic { id: ID! name: String! size(unit: String = "B"): Int fails: Int health: Health }
  type Mutation { write(text: String): Int }
`

/** A schema that counts how often each field is resolved. */
const counted = () => {
  const calls: Record<string, number> = {}
  const schema = buildSchema(typeDefs)
  const topics = [{ id: '1' }, { id: '2' }]
  const answers: Readonly<Record<string, () => unknown>> = {
    'Query.health': async () => ({}),
    'Query.topics': () => topics,
    'Query.node': async () => topics[0],
    'Health.count': async () => 3,
    'Health.topics': async () => topics.values(),
    'Topic.id': () => '1',
    'Topic.size': () => 7,
    'Topic.health': () => ({}),
    'Topic.fails': () => {
      throw new Error('no')
    },
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const key = `${type.name}.${field.name}`
      field.resolve = () => {
        calls[key] = (calls[key] ?? 0) + 1
        return answers[key] ? answers[key]() : key
      }
    }
  }
  return { schema, calls }
}

const aliases = (count: number, of: (index: number) => string): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: ${of(index)}`).join(' ')} }`

/** Expects graphql's result with these numbers of calls. */
const expectCalls = async (source: string, expected: Readonly<Record<string, number>>): Promise<void> => {
  const { schema, calls } = counted()
  const own = await createRunner(schema).ask(source)
  const asked = { ...calls }
  expect(asked).toEqual(expected)
  const theirs = await graphqlsOwn(schema, source)
  expect(own.data).toEqual(theirs.data)
  const sorted = (errors: readonly unknown[] = []) => errors.map(error => JSON.stringify(error)).sort()
  expect(sorted(own.errors)).toEqual(sorted(theirs.errors))
}

test('a field under many aliases is resolved once, and so are its selections', async () => {
  await expectCalls(
    aliases(50, () => 'health { count }'),
    { 'Query.health': 1, 'Health.count': 1 },
  )
})

test('aliases that select different fields share the object, and resolve each field once', async () => {
  const source = aliases(50, index => `health { b${index}: count c${index}: count ${index === 7 ? 'name' : ''} }`)
  await expectCalls(source, { 'Query.health': 1, 'Health.count': 1, 'Health.name': 1 })
})

test('arguments count: equal ones are resolved once, in any order of writing, different ones separately', async () => {
  const source = aliases(40, index => `node(id: "${index % 2}") { size(unit: "${index % 4 < 2 ? 'B' : 'KB'}") }`)
  await expectCalls(source, { 'Query.node': 2, 'Topic.size': 2 })
})

test('a list is resolved once, and each of its items', async () => {
  const source = aliases(20, index => `topics(names: ["x"]) { n${index}: name id }`)
  await expectCalls(source, { 'Query.topics': 1, 'Topic.name': 2, 'Topic.id': 2 })
})

test('a list that can be iterated only once is available to all aliases', async () => {
  const source = `{ health { a: topics { id } b: topics { id } c: topics { name } } }`
  await expectCalls(source, { 'Query.health': 1, 'Health.topics': 1, 'Topic.id': 2, 'Topic.name': 2 })
})

test('a failing field is resolved once, and is an error of each alias', async () => {
  await expectCalls(`{ node(id: "1") ${aliases(30, () => 'fails')} }`, { 'Query.node': 1, 'Topic.fails': 1 })
  await expectCalls(
    aliases(30, () => 'topics { fails }'),
    { 'Query.topics': 1, 'Topic.fails': 2 },
  )
})

test('fragments and fields of the same object share the resolution', async () => {
  const source = `{ health { count ...F ... on Health { x: count } } again: health { ...F } } fragment F on Health { y: count }`
  await expectCalls(source, { 'Query.health': 1, 'Health.count': 1 })
})

test('a resolver that looks ahead sees the selections of all aliases', async () => {
  const { schema } = counted()
  let seen: readonly string[] = []
  const field = schema.getQueryType()?.getFields().health
  if (field)
    field.resolve = (_source, _args, _context, { fieldNodes }) => {
      seen = fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []).map(node => node.kind)
      return {}
    }
  await createRunner(schema).ask(aliases(5, () => 'health { count name }'))
  expect(seen).toHaveLength(10)
})

test('the fields of a mutation are each executed, one after the other', async () => {
  const { schema, calls } = counted()
  const order: string[] = []
  const field = schema.getMutationType()?.getFields().write
  if (field)
    field.resolve = async (_source, _args, _context, { path }) => {
      order.push(`begin ${path.key}`)
      await new Promise(resolve => setImmediate(resolve))
      order.push(`end ${path.key}`)
      return 1
    }
  await createRunner(schema).ask('mutation { a: write(text: "x") b: write(text: "x") }')
  expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b'])
  expect(calls).toEqual({})
})
