import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../server/support/ask.ts'
import { getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { overWebSocket, refusedStream, saying } from './support/refusals.ts'
import { type Product, startProduct, type Told, untilReady } from './support/start-product.ts'

const MIB = 1024 * 1024
const topic = freshTopicName('outside')
let kafka: ToolTarget
let product: Product

beforeAll(async () => {
  kafka = await sharedKafka()
  await createTopicByTool(kafka, topic)
  product = await startProduct(kafka.bootstrapServers)
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
})

afterAll(async () => {
  // All requests of this file are wrong, so none may have written anything.
  expect(await getOffsets(kafka, topic)).toEqual(new Map([[0, 0n]]))
})

/** Posts like a modern client. One that accepts only application/json would always get status 200. */
const post = async (body: string): Promise<Told & { readonly status: number }> => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
  const { status, text } = await ask(product.url, { method: 'POST', headers, body })
  return { status, ...JSON.parse(text) }
}

const WRITE = 'mutation ($input: ProduceInput!) { produce(input: $input) { results { offset } errors { code } } }'
const write = (messages: unknown, more: object = {}) => ({ input: { topic, messages, ...more } })
const writing = (source: string) =>
  `mutation { produce(input: { topic: "${topic}", messages: [${source}] }) { errors { code } } }`

describe('a body that is not a GraphQL request', () => {
  test.each([
    ['', 'BAD_REQUEST: The body is not valid JSON.'],
    ['{"query": "{ cluster', 'BAD_REQUEST: The body is not valid JSON.'],
    ['null', 'BAD_REQUEST: The body must be a JSON object with "query".'],
    ['"{ cluster { clusterId } }"', 'BAD_REQUEST: The body must be a JSON object with "query".'],
    ['[{"query":"{ __typename }"}]', 'BAD_REQUEST: Batching is not supported: send one operation a request.'],
    ['{}', 'BAD_REQUEST: "query" must be given, as a string.'],
    ['{"query":1}', 'BAD_REQUEST: "query" must be given, as a string.'],
    ['{"query":"{ __typename }","variables":"{}"}', 'BAD_REQUEST: "variables" must be an object.'],
    ['{"query":"{ __typename }","operationName":7}', 'BAD_REQUEST: "operationName" must be a string.'],
  ])('%s is refused with 400: %s', async (body, told) => {
    const { status, errors } = await post(body)
    expect([status, saying(errors?.[0])]).toEqual([400, told])
  })

  test('of 3 MiB is refused with 413, with or without Content-Length', async () => {
    const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(3 * MIB)}` })
    const headers = { 'content-type': 'application/json' }
    for (const more of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const { status, text } = await ask(product.url, { method: 'POST', headers: { ...headers, ...more }, body })
      expect(status).toBe(413)
      expect(saying(JSON.parse(text).errors[0])).toBe(
        'REQUEST_TOO_LARGE: The body is larger than 2097152 bytes: send less at once, or raise MAX_REQUEST_BYTES.',
      )
    }
  })

  test('as a WebSocket message of 3 MiB closes only its own socket, with 1009', async () => {
    using large = await product.socket()
    using other = await product.socket()
    large.subscribe('1', `{ __typename } #${'x'.repeat(3 * MIB)}`)
    expect(await large.closed).toMatchObject({ code: 1009, reason: expect.stringContaining('MAX_REQUEST_BYTES') })
    other.subscribe('1', '{ __typename }')
    expect(await other.next()).toMatchObject({ payload: { data: { __typename: 'Query' } } })
  })
})

describe('operations that do not exist', () => {
  test.each([
    ['unknown', 'query A { __typename } query B { __typename }', 'C'],
    ['missing although there are two operations', 'query A { __typename } query B { __typename }', null],
    ['given although there is no operation', 'fragment F on Query { __typename }', 'C'],
  ])('an operationName that is %s is refused equally over every transport', async (_, query, operationName) => {
    const { status, errors } = await post(JSON.stringify({ query, operationName }))
    expect([status, errors?.length]).toEqual([400, 1])
    using client = await product.socket()
    client.send({ type: 'subscribe', id: '1', payload: { query, operationName } })
    expect(await client.next()).toEqual({ type: 'error', id: '1', payload: errors })
  })

  test('a syntax error over WebSocket ends only that operation', async () => {
    using client = await product.socket()
    client.subscribe('lives', `subscription { messages(topic: "${topic}") { offset } }`)
    for (const query of ['subscription {', '{ nope }', 'query ($a: Nope) { __typename }', '']) {
      client.subscribe('wrong', query)
      expect(await client.next(), query).toMatchObject({ id: 'wrong', type: 'error' })
    }
    await eventually(async () => expect(await product.metric('kafka_graphql_feeds')).toBe(1))
    client.send({ type: 'complete', id: 'lives' })
  })

  test('a syntax error contains its location, over every transport', async () => {
    const query = 'subscription {\n  messages(topic: }'
    const error = await refusedStream(product, query)
    expect(saying(error)).toBe('GRAPHQL_PARSE_FAILED: Syntax Error: Unexpected "}".')
    expect(error).toMatchObject({ locations: [{ line: 2, column: 19 }] })
    const { errors } = await post(JSON.stringify({ query }))
    expect(errors).toEqual([error])
  })
})

describe('variables', () => {
  const cases: readonly (readonly [string, object | undefined, RegExp])[] = [
    ['missing', undefined, /"\$input" of required type "ProduceInput!" was not provided/],
    ['null', { input: null }, /"\$input" of non-null type "ProduceInput!" must not be null/],
    ['of the wrong type', { input: 7 }, /got invalid value 7; Expected type "ProduceInput" to be an object/],
    ['without a field', { input: { topic } }, /Field "messages" of required type .* was not provided/],
    ['with an unknown field', write([{ valeu: { string: 'x' } }]), /"valeu" is not defined.*Did you mean "value"/],
    ['with two forms of a value', write([{ value: { string: 'x', base64: 'eA==' } }]), /Exactly one key must be/],
    ['with no form of a value', write([{ value: {} }]), /Exactly one key must be specified/],
    ['with null as the form', write([{ value: { string: null } }]), /Field "string" must be non-null/],
    ['with invalid base64', write([{ value: { base64: '***' } }]), /messages\[0\]\.value\.base64.*standard base64/],
    ['with base64 cut short', write([{ key: { base64: 'a2Fma2E' } }]), /messages\[0\]\.key\.base64.*with padding/],
    ['with a number as text', write([{ value: { string: 1 } }]), /String cannot represent a non string value: 1/],
    ['with an invalid time', write([{ timestamp: 'yesterday' }]), /messages\[0\]\.timestamp.*RFC 3339.*"yesterday"/],
    ['with an invalid date', write([{ timestamp: '2025-02-30T00:00:00Z' }]), /timestamp.*RFC 3339/],
    ['with a time as a number', write([{ timestamp: 1_700_000_000_000 }]), /timestamp.*RFC 3339/],
    ['with an invalid duration', write([], { timeout: '30s' }), /input\.timeout.*ISO 8601.*"30s"/],
    ['with a month as a duration', write([], { timeout: 'P1M' }), /input\.timeout.*weeks, days, hours/],
    ['with a partition that is text', write([{ partition: '0' }]), /Int cannot represent non-integer value: "0"/],
    ['with a partition of 33 bits', write([{ partition: 2 ** 32 }]), /Int cannot represent non 32-bit/],
    ['with unknown acks', write([], { acks: 'SOME' }), /"SOME" does not exist in "Acks" enum/],
  ]

  test.each(cases)('%s are refused before anything is executed', async (_, variables, message) => {
    const { status, data, errors } = await post(JSON.stringify({ query: WRITE, variables }))
    expect(status).toBe(400)
    expect(data).toBeUndefined()
    expect(errors?.[0]?.message).toMatch(message)
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    const socket = await overWebSocket(product, WRITE, variables)
    expect(socket.errors).toEqual(errors)
  })

  test.each([
    '{ value: { string: "x", json: "x" } }',
    '{ value: {} }',
    '{ value: { base64: "*" } }',
    '{ timestamp: "1" }',
    '{ headers: [{ value: { string: "x" } }] }',
    '{ partition: 1.5 }',
  ])('the same as literals: %s', async message => {
    const { status, errors } = await post(JSON.stringify({ query: writing(message) }))
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
    expect(errors?.[0]).toMatchObject({ locations: [{ line: 1 }] })
  })
})

describe('documents that request too much', () => {
  const deep = (depth: number) =>
    `{ topics { nodes ${'{ partitions { topic '.repeat(depth)}{ name }${' } }'.repeat(depth)} } }`
  const fields = Array.from({ length: 1001 }, (_, i) => `a${i}: __typename`).join(' ')
  const large = `{ ${'__typename '.repeat(10_001)} }`
  const spread = `query { ${'...A '.repeat(20)} } fragment A on Query { ${'...B '.repeat(20)} } fragment B on Query { a: __typename b: __typename c: __typename }`

  test.each([
    ['too deep', deep(10), /QUERY_TOO_LARGE: .*depth \d+, at most 20/],
    ['of too many aliases', `{ ${fields} }`, /QUERY_TOO_LARGE: .*fields 1001, at most 1000/],
    ['of too many fields by fragments', spread, /QUERY_TOO_LARGE: .*fields \d+, at most 1000/],
    ['of too many tokens', large, /GRAPHQL_PARSE_FAILED: .*10000 tokens/],
  ])('%s are refused equally over HTTP, WebSocket and SSE', async (_, query, told) => {
    const { status, errors } = await post(JSON.stringify({ query }))
    expect(status).toBe(400)
    expect(saying(errors?.[0])).toMatch(told)
    expect(saying(await refusedStream(product, query))).toBe(saying(errors?.[0]))
  })
})
