import { connect } from 'node:net'
import { createSchema } from 'graphql-yoga'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, askGraphQL } from '../support/ask.ts'
import { openSocket } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

/** 3 MB: large, and far more than sockets take from a client that does not read. */
const COUNT = 60_000
const QUERY = `{ words(count: ${COUNT}) }`
const words = (count: number) => Array.from({ length: count }, (_, n) => `wörd "${n}" ${'x'.repeat(36)}`)
const expected = { data: { words: words(COUNT) } }
const never: AsyncIterableIterator<unknown> = {
  [Symbol.asyncIterator]: () => never,
  next: () => new Promise(() => {}),
  return: async () => ({ done: true, value: undefined }),
}
let server: TestServer
let asked = 0

beforeAll(async () => {
  const schema = createSchema({
    typeDefs: 'type Query { words(count: Int!): [String!]! } type Subscription { never: Int }',
    resolvers: {
      Subscription: { never: { subscribe: () => never } },
      Query: {
        words: (_root, { count }: { count: number }) => {
          asked += 1
          return words(count)
        },
      },
    },
  })
  server = await startTestServer({ schema, limits: { maxResponseBytes: 8 << 20 } })
})
afterAll(() => server.close())

const get = (headers: Readonly<Record<string, string>>) =>
  ask(`${server.url}?${new URLSearchParams({ query: QUERY })}`, { headers })

const overHttp = async () => {
  const { status, headers, text } = await askGraphQL(server.url, QUERY)
  expect(status).toBe(200)
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
  expect(JSON.parse(text)).toEqual(expected)
}

const overWebSocket = async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', QUERY)
  expect(await client.next()).toEqual({ type: 'next', id: '1', payload: expected })
  expect(await client.next()).toEqual({ type: 'complete', id: '1' })
}

const overEventStream = async () => {
  const { text } = await get({ accept: 'text/event-stream' })
  const [, data = ''] = /event: next\ndata: (.*)\n\n/.exec(text) ?? []
  expect(JSON.parse(data)).toEqual(expected)
  expect(text).toMatch(/event: complete\ndata:\n\n$/)
}

const WAYS = [
  ['HTTP', overHttp],
  ['WebSocket', overWebSocket],
  ['event stream', overEventStream],
] as const

test.each(WAYS)('a large response arrives complete over %s, one after the other and many at once', async (_, way) => {
  for (let times = 0; times < 3; times++) await way()
  await Promise.all(Array.from({ length: 6 }, way))
})

test('a large response arrives complete by GET, and for an Accept with weights', async () => {
  const { headers, text } = await get({ accept: 'application/graphql-response+json;q=0.9, application/json;q=0.1' })
  expect(headers['content-type']).toBe('application/graphql-response+json; charset=utf-8')
  expect(JSON.parse(text)).toEqual(expected)
})

test('a response beyond its bytes is refused in the same way over every transport', async () => {
  const query = '{ words(count: 200000) }'
  const refusal = { data: null, errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE', maxBytes: 8 << 20 } }] }
  expect(JSON.parse((await askGraphQL(server.url, query)).text)).toMatchObject(refusal)
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', query)
  expect((await client.next()).payload).toMatchObject(refusal)
  const url = `${server.url}?${new URLSearchParams({ query })}`
  expect((await ask(url, { headers: { accept: 'text/event-stream' } })).text).toContain('RESPONSE_TOO_LARGE')
})

test('large responses that are pipelined behind an endless stream block no other client', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const asking = (query: string, accept: string) =>
    `GET /graphql?${new URLSearchParams({ query })} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ${accept}\r\n\r\n`
  socket.write(asking('subscription { never }', 'text/event-stream') + asking(QUERY, 'application/json').repeat(3))
  await new Promise(resolve => socket.once('data', resolve))
  await overHttp()
  socket.destroy()
})

/** Sends a request, reads nothing, and leaves once the resolver has run this many times. */
const leaveUnread = async (path: string, headers: string, times: number): Promise<void> => {
  const before = asked
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').pause()
  const request = `GET ${path}?${new URLSearchParams({ query: QUERY })} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`
  socket.write(request.repeat(times))
  while (asked < before + 1) await new Promise(resolve => setTimeout(resolve, 5))
  socket.destroy()
}

test.each([
  ['an HTTP answer', '', 1],
  ['pipelined HTTP responses', '', 3],
  ['an event stream', 'Accept: text/event-stream\r\n', 1],
] as const)('clients that leave %s unread do not block large responses of others', async (_, headers, times) => {
  for (let left = 0; left < 4; left++) await leaveUnread('/graphql', headers, times)
  await overHttp()
})

test('clients that close a WebSocket, or cancel their operation, do not block large responses of others', async () => {
  for (let left = 0; left < 4; left++) {
    const before = asked
    const client = await openSocket(server.socketUrl)
    client.subscribe('1', QUERY)
    if (left % 2 === 0) client.send({ type: 'complete', id: '1' })
    while (left % 2 === 1 && asked === before) await new Promise(resolve => setTimeout(resolve, 5))
    client.socket.terminate()
    await client.closed
  }
  await overHttp()
})
