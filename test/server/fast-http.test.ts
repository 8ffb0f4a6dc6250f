import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema } from 'graphql-yoga'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Turns } from '../../src/async/turns.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../src/kafka/logger.ts'
import { createMetrics } from '../../src/observe/metrics.ts'
import { createQuickAnswer } from '../../src/server/fast-path/quick-answer.ts'
import { setCommonHeaders } from '../../src/server/http/common-headers.ts'
import { readGraphQLParams } from '../../src/server/http/read-graphql-params.ts'
import { createAnswerOverHttp } from '../../src/server/http/yoga.ts'
import { createDocuments } from '../../src/server/pipeline/documents/documents.ts'
import { createToClientError } from '../../src/server/pipeline/errors/client-error.ts'
import { createAnswers } from '../../src/server/pipeline/execute/create-answers.ts'
import { createPipeline } from '../../src/server/pipeline/pipeline.ts'
import { createSubscribe } from '../../src/server/pipeline/subscribe/subscription.ts'
import { ask } from './support/ask.ts'

const schema = createSchema({
  typeDefs: `type Query { hello(name: String = "world"): String! item(id: ID!): Item items(count: Int!): [Item!]! kafka: Int fails: String! self: Query }
    type Mutation { write(input: Input!): Int! refuses: Int }
    input Input { text: String! tags: [String!] }
    interface Named { name: String! }
    type Item implements Named { id: ID! name: String! fails: Int }`,
  resolvers: {
    Query: {
      hello: (_root, { name }: { name: string }) => `hello ${name} "ö" \u2028 😀`,
      item: (_root, { id }: { id: string }) => (id === 'none' ? null : { id, name: `item ${id}` }),
      items: (_root, { count }: { count: number }) =>
        Array.from({ length: count }, (_, id) => ({ id, name: `i${id}` })),
      self: () => ({}),
      kafka: () => {
        throw new KafkaError('OFFSET_OUT_OF_RANGE', null, { details: { earliestOffset: 5n } })
      },
      fails: () => Promise.reject(new Error('a secret')),
    },
    Mutation: {
      write: (_root, { input }: { input: { text: string; tags?: readonly string[] } }) => input.tags?.length ?? 0,
      refuses: () => {
        throw new KafkaError('TOPIC_AUTHORIZATION_FAILED')
      },
    },
    Item: {
      fails: () => {
        throw new Error('another secret')
      },
    },
  },
})
const toClientError = createToClientError(silentLogger)
const turns = new Turns()
const pipeline = createPipeline({
  turns,
  schema,
  createContext: () => ({}),
  documents: createDocuments(
    schema,
    { maxDepth: 20, maxFields: 200, maxTokens: 1000 },
    { maxEntries: 100, maxBytes: 1 << 20 },
  ),
  toClientError,
  metrics: createMetrics(),
  subscribe: createSubscribe({ sharedResultBytes: 0, maxQueryFields: 200 }),
  answers: createAnswers({ schema, maxBytes: 1 << 20, toClientError }),
})
const quickAnswer = createQuickAnswer(pipeline)
const answerOverHttp = createAnswerOverHttp(pipeline)
let quickly = 0

const listen = async (answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` }
}

let fast: Awaited<ReturnType<typeof listen>>
let ordinary: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  fast = await listen(async (request, response) => {
    const params = await readGraphQLParams(request, 1 << 20, turns)
    const gone = new AbortController()
    const isDone = await quickAnswer(response, params, { gone, crossOrigin: null, accept: request.headers.accept })
    if (isDone) quickly += 1
    else response.end('left to Yoga')
  })
  ordinary = await listen(async (request, response) => {
    setCommonHeaders(response, null)
    const { signal } = new AbortController()
    await answerOverHttp(request, response, { arrived: await readGraphQLParams(request, 1 << 20, turns), signal })
  })
})
afterAll(() => {
  fast.server.close()
  ordinary.server.close()
})

const OPERATIONS: readonly (readonly [string, object])[] = [
  ['a field', { query: '{ hello }' }],
  ['aliases and arguments', { query: '{ a: hello(name: "a") b: hello(name: "b") hello }' }],
  ['variables', { query: 'query ($n: String) { hello(name: $n) }', variables: { n: 'x' } }],
  ['a variable that is left out', { query: 'query ($n: String) { hello(name: $n) }' }],
  ['null for a variable', { query: 'query ($n: String) { hello(name: $n) }', variables: { n: null } }],
  ['one of two operations', { query: 'query A { hello } query B { self { hello } }', operationName: 'B' }],
  [
    'fragments and conditions',
    { query: '{ item(id: "1") { ...F ... on Named @skip(if: false) { name } } } fragment F on Item { id name }' },
  ],
  ['a list', { query: '{ items(count: 50) { id name __typename } }' }],
  ['an empty list and null', { query: '{ items(count: 0) { id } item(id: "none") { id } }' }],
  ['introspection', { query: '{ __schema { types { name kind fields { name } } } __type(name: "Item") { name } }' }],
  ['an error of Kafka', { query: '{ hello kafka }' }],
  ['an error that has a secret', { query: '{ item(id: "1") { id fails } }' }],
  ['an error that reaches the top', { query: '{ hello fails }' }],
  [
    'a mutation',
    { query: 'mutation ($i: Input!) { write(input: $i) }', variables: { i: { text: 't', tags: ['a', 'b'] } } },
  ],
  ['a mutation that is refused', { query: 'mutation { a: refuses write(input: { text: "" }) }' }],
  ['extensions', { query: '{ hello }', extensions: { anything: 1 } }],
]
const ACCEPT = [undefined, '*/*', 'application/json', 'application/graphql-response+json, application/json'] as const

/** Every unexpected error has an id of its own, by which the log is searched. */
const ERROR_ID = /"id":"[0-9a-f-]{36}"/g

const compared = ({ status, headers, text }: Awaited<ReturnType<typeof ask>>) => {
  const {
    date: _date,
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    'keep-alive': _alive,
    ...rest
  } = headers
  return { status, headers: rest, body: JSON.parse(text.replaceAll(ERROR_ID, '"id":""')) }
}

test.each(OPERATIONS.flatMap(([name, body]) => ACCEPT.map(accept => [name, accept ?? 'nothing', body] as const)))(
  'the fast path answers %s as Yoga does, to a client that accepts %s',
  async (_, accept, body) => {
    const headers = { 'content-type': 'application/json', ...(accept === 'nothing' ? {} : { accept }) }
    const question = { method: 'POST', headers, body: JSON.stringify(body) }
    const before = quickly
    const found = compared(await ask(fast.url, question))
    expect(quickly).toBe(before + 1)
    expect(found).toEqual(compared(await ask(ordinary.url, question)))
  },
)

test.each([
  ['a syntax error', { query: '{ hello' }],
  ['a field that does not exist', { query: '{ nothing }' }],
  ['a variable of the wrong type', { query: 'query ($n: String) { hello(name: $n) }', variables: { n: 1 } }],
  ['an operation that does not exist', { query: 'query A { hello }', operationName: 'B' }],
])('the fast path leaves %s to Yoga', async (_, body) => {
  const headers = { 'content-type': 'application/json' }
  const before = quickly
  await ask(fast.url, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(quickly).toBe(before)
})
