import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../support/ask.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const post = (query: string, accept: string | undefined) =>
  ask(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accept === undefined ? {} : { accept }) },
    body: JSON.stringify({ query }),
  })

const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'
/** The Accept header of urql, on every request. */
const URQL =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed'

describe('the type of a response', () => {
  test.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['application/json, text/plain, */*', JSON_TYPE],
    ['application/json, */*', JSON_TYPE],
    ['application/graphql-response+json', RESPONSE_TYPE],
    ['application/graphql-response+json, application/json', RESPONSE_TYPE],
    ['application/graphql-response+json,application/json;q=0.9', RESPONSE_TYPE],
    [URQL, RESPONSE_TYPE],
    ['', JSON_TYPE],
    ['APPLICATION/JSON', JSON_TYPE],
    ['application/*', JSON_TYPE],
    ['application/json;q=0.5, application/graphql-response+json;q=0.9', RESPONSE_TYPE],
    ['application/graphql-response+json;q=0.1, application/json', JSON_TYPE],
    ['application/graphql-response+json; q=0, application/json', JSON_TYPE],
    ['*/*, application/json;q=0', RESPONSE_TYPE],
  ])('for Accept %s is the same for valid and invalid documents', async (accept, type) => {
    const valid = await post('{ hello }', accept)
    expect([valid.status, valid.headers['content-type'], JSON.parse(valid.text)]).toEqual([
      200,
      type,
      { data: { hello: 'hello world' } },
    ])
    // This one is left to Yoga.
    expect((await post('{ nope }', accept)).headers['content-type']).toBe(type)
  })

  test('is an event stream for a subscription of a client that accepts both', async () => {
    const { headers, text } = await post('subscription { count(to: 1) { number } }', URQL)
    expect(headers['content-type']).toContain('text/event-stream')
    expect(text).toContain('data: {"data":{"count":{"number":0}}}')
  })

  test.each(['application/json, text/event-stream;q=0', 'text/event-stream; q=0.000, */*'])(
    'is no event stream for a subscription of a client that refuses one: %s',
    async accept => {
      const { status, headers } = await post('subscription { count(to: 1) { number } }', accept)
      expect([status, headers['content-type']]).toEqual([406, JSON_TYPE])
    },
  )

  test.each(['text/event-stream', 'TEXT/EVENT-STREAM', 'text/event-stream;q=0.5', 'text/event-stream; charset=utf-8'])(
    'is an event stream for a query of a client that accepts nothing else: %s',
    async accept => {
      expect((await post('{ hello }', accept)).headers['content-type']).toBe('text/event-stream; charset=utf-8')
    },
  )

  test.each([
    'text/plain',
    'text/*',
    'application/json;q=0',
    'application/json;q=none',
    'text/event-stream;q=0',
    ',',
    'x'.repeat(5_000),
  ])('is a 406 for clients that accept none of ours: %s', async accept => {
    const { status, text } = await post('{ hello }', accept)
    expect(status).toBe(406)
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST')
  })
})
