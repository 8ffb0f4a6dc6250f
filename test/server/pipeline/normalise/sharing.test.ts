import { type ExecutionResult, execute, parse, buildSchema as schemaOf } from 'graphql'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { serialised } from '../../../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'
import { limits } from '../../../graphql/harness.ts'
import { batchOf, storedMessage } from '../../../graphql/message/scripted-streams.ts'
import { withOneEvent } from '../../support/one-event.ts'

interface Subscription {
  readonly source: string
  readonly variables?: Readonly<Record<string, unknown>>
}

const schema = buildSchema()
const current = withOneEvent(schema)
const context = { limits, bytesRendered: 0, largestRendering: 0 }
const headers = [{ key: 'k', value: Buffer.from('v') }]
const batch = batchOf('orders', [storedMessage({ key: Buffer.from('key'), headers })])
let subscribe: ReturnType<typeof createSubscribe>
beforeEach(() => {
  current.event = { batch, index: 0, message: batch.messages[0] }
  subscribe = createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 })
})

const open = async ({ source, variables = {} }: Subscription) => {
  const results = await subscribe({ schema, document: parse(source), variableValues: variables, contextValue: context })
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  return results
}

/** The results of the same event for simultaneous subscribers. */
const resultsOf = async (subscriptions: readonly Subscription[]): Promise<readonly ExecutionResult[]> => {
  const opened = []
  for (const subscription of subscriptions) opened.push(await open(subscription))
  const results = []
  for (const each of opened) results.push((await each.next()).value)
  for (const each of opened) await each.return?.()
  return results
}

const M = (selection: string, head = ''): Subscription => ({
  source: `subscription ${head} { messages(topic: "orders") { ${selection} } }`,
})

const with_ = (variables: Readonly<Record<string, unknown>>, { source }: Subscription): Subscription => ({
  source,
  variables,
})

describe('two ways to write the same selection', () => {
  it.each([
    ['another operation name', M('offset', 'One'), M('offset', 'Two')],
    ['another layout', M('offset key { string }'), M('offset, # first\n key {\n string }')],
    ['fragments', M('offset partition'), { source: `${M('...F').source} fragment F on Message { offset partition }` }],
    ['inline fragments', M('offset partition'), M('... on Message { offset } ... { partition }')],
    ['fields that merge', M('key { string size } offset'), M('key { string } offset key { size }')],
    ['a condition that holds', M('offset partition'), M('offset @include(if: true) partition @skip(if: false)')],
    [
      'conditions by variables',
      with_({ x: true }, M('offset partition @include(if: $x)', '($x: Boolean!)')),
      with_({ x: false }, M('offset partition @skip(if: $x)', '($x: Boolean!)')),
    ],
    [
      'a field that is left out',
      M('offset'),
      with_({ x: true }, M('offset key @skip(if: $x) { size }', '($x: Boolean!)')),
    ],
    [
      'a literal and a variable',
      M('header(key: "k") { string }'),
      with_({ k: 'k' }, M('header(key: $k) { string }', '($k: String!)')),
    ],
    ['a default', M('header(key: "k") { string }'), M('header(key: $k) { string }', '($k: String! = "k")')],
    ['a list and its only item', M('headers(keys: ["k"]) { key }'), M('headers(keys: "k") { key }')],
    [
      'arguments of the root field',
      M('offset'),
      with_(
        { t: 'orders' },
        { source: 'subscription ($t: String!) { messages(topic: $t, from: { earliest: true }) { offset } }' },
      ),
    ],
  ])('shares one execution: %s', async (_, one, other) => {
    const [first, second] = await resultsOf([one, other])
    expect(second).toBe(first)
    expect(JSON.parse(serialised(first ?? {})).errors).toBeUndefined()
  })
})

describe('two different selections', () => {
  it.each([
    ['fields in another order', M('offset partition'), M('partition offset')],
    ['another alias', M('a: offset'), M('b: offset')],
    ['another argument', M('header(key: "k") { string }'), M('header(key: "l") { string }')],
    ['an argument that is null', M('headers { key }'), M('headers(keys: null) { key }')],
    [
      'another value of a variable',
      with_({ k: 'k' }, M('header(key: $k) { string }', '($k: String!)')),
      with_({ k: 'l' }, M('header(key: $k) { string }', '($k: String!)')),
    ],
  ])('do not: %s', async (_, one, other) => {
    const [first, second] = await resultsOf([one, other])
    expect(second).not.toBe(first)
  })
})

describe('the plan of an operation', () => {
  it('is reused for the next subscriber, with any arguments', async () => {
    const document = parse(`subscription ($k: String!, $x: Boolean!) {
      messageStream(input: { topics: ["orders"] }) { ... on MessageBatch { messages { offset header(key: $k) { size @skip(if: $x) } } } }
    }`)
    current.event = batch
    const possible = vi.spyOn(schema, 'getPossibleTypes')
    const looks = async (k: string, x: boolean) => {
      possible.mockClear()
      await subscribe({ schema, document, variableValues: { k, x }, contextValue: context })
      return possible.mock.calls.length
    }
    expect(await looks('k', true)).toBeGreaterThan(0)
    expect(await looks('k', true)).toBe(0)
    expect(await looks('l', true)).toBe(0)
    expect(await looks('l', false)).toBeGreaterThan(0)
    possible.mockRestore()
  })
})

describe('forms that graphql-jit cannot compile correctly are executed by graphql', () => {
  it.each([
    'subscription { messages(topic: "orders") { __proto__: offset partition } }',
    'subscription { messages(topic: "orders") { a: headers { key } a_key: headers { k: key } b: key { c_d: size } b_c: key { d: size } } }',
    `subscription { messages(topic: "orders") { ${Array.from({ length: 1100 }, (_, at) => `a${at}: offset`).join(' ')} } }`,
  ])('%#', async source => {
    const [first, second] = await resultsOf([{ source }, { source: source.replaceAll(' ', '  ') }])
    expect(second).toBe(first)
    const expected = await execute({ schema, document: parse(source), rootValue: current.event })
    expect(serialised(first ?? {})).toBe(JSON.stringify(expected))
  })
})

describe('a selection on types that multiply', () => {
  const own = schemaOf(`
    type Query { nothing: Int }
    type Subscription { node: Node }
    interface Node { next: Node! id: Int }
    type A implements Node { next: Node! id: Int a: Int }
    type B implements Node { next: Node! id: Int b: Int }
    type C implements Node { next: Node! id: Int c: Int }
  `)
  withOneEvent(own)
  const nested = (depth: number, selection: string): string =>
    depth === 0 ? selection : `next { ${nested(depth - 1, selection)} ${selection} }`
  const opened = (selection: string) => {
    const document = parse(`subscription { node { ${selection} } } fragment OnA on A { a }`)
    return subscribe({ schema: own, document })
  }

  it('is refused before it is built', async () => {
    const refused = { extensions: { code: 'QUERY_TOO_LARGE' }, message: expect.stringContaining('more than 10000') }
    await expect(opened(nested(15, '... on A { a }'))).rejects.toMatchObject(refused)
    await expect(opened(nested(15, '...OnA'))).rejects.toMatchObject(refused)
  })

  it('is accepted where all types have the same selection', async () => {
    expect(await opened(nested(15, 'id'))).toHaveProperty('next')
    expect(await opened(nested(3, '... on A { a }'))).toHaveProperty('next')
  })
})
