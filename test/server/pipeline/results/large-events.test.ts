import { connect } from 'node:net'
import { createSchema } from 'graphql-yoga'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../../support/eventually.ts'
import { ask } from '../../support/ask.ts'
import { openSocket } from '../../support/socket-client.ts'
import { startTestServer, type TestServer } from '../../support/start-test-server.ts'

/** One event of text that takes 6 bytes a character in JSON. */
const LENGTH = 1_000_000
const JSON_BYTES = 6 * LENGTH
const SUBSCRIBE = 'subscription ($of: Int!) { payload(of: $of) { number text } }'
const textOf = (number: number) => '\u0001'.repeat(LENGTH) + number

interface Context {
  bytesRendered: number
  readonly signal: AbortSignal
}

let server: TestServer
/** How often a text was made. */
let made = 0
let open = 0
/** Events come when this is resolved. */
let begin = Promise.resolve()

const eventsOf = (count: number) => {
  let next = 0
  let isOpen = true
  open += 1
  const end = () => {
    if (isOpen) open -= 1
    isOpen = false
  }
  const source = {
    next: async (): Promise<IteratorResult<{ number: number }>> => {
      await begin
      const event = EVENTS[next++]
      if (event !== undefined && next <= count && isOpen) return { done: false, value: event }
      end()
      return { done: true, value: undefined }
    },
    return: async () => {
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => source,
  }
  return source
}
/** The same objects for all: their results are shared. */
const EVENTS = Array.from({ length: 20 }, (_, number) => ({ number }))

beforeAll(async () => {
  const schema = createSchema<Context>({
    typeDefs: `type Query { hello: String }
      type Subscription { payload(of: Int!): Payload }
      type Payload { number: Int! text(fails: Boolean): String }`,
    resolvers: {
      Subscription: {
        payload: { subscribe: (_root, { of }: { of: number }) => eventsOf(of), resolve: (event: object) => event },
      },
      Payload: {
        text: ({ number }: { number: number }, { fails }: { fails?: boolean }, context) => {
          made += 1
          context.bytesRendered = JSON_BYTES
          if (fails) throw new Error('no text')
          return textOf(number)
        },
      },
    },
  })
  const createContext = () => ({ bytesRendered: 0, largestRendering: 0, valuesTaken: 0, loaders: { forget: () => {} } })
  const limits = { slowSubscriberMs: 4_000, sharedResultBytes: 64 << 20, maxSockets: 200 }
  server = await startTestServer({ schema, createContext, limits })
})
afterAll(() => server.close())
beforeEach(() => {
  made = 0
})

const overWebSocket = async (of: number) => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', SUBSCRIBE, { of })
  for (let number = 0; number < of; number++) {
    const payload = { data: { payload: { number, text: textOf(number) } } }
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload })
  }
  expect(await client.next()).toEqual({ type: 'complete', id: '1' })
}

const overEventStream = async (of: number) => {
  const query = new URLSearchParams({ query: SUBSCRIBE, variables: JSON.stringify({ of }) })
  const { text } = await ask(`${server.url}?${query}`, { headers: { accept: 'text/event-stream' } })
  const data = [...text.matchAll(/event: next\ndata: (.*)\n\n/g)].map(([, found = '']) => JSON.parse(found))
  const expected = Array.from({ length: of }, (_, number) => ({ data: { payload: { number, text: textOf(number) } } }))
  expect(JSON.stringify(data) === JSON.stringify(expected)).toBe(true)
  expect(text).toMatch(/event: complete\ndata:\n\n$/)
}

test.each([
  ['WebSocket', overWebSocket],
  ['event stream', overEventStream],
] as const)('large events come whole over %s, to one client and to many', async (_, subscribe) => {
  await subscribe(3)
  await Promise.all(Array.from({ length: 12 }, () => subscribe(2)))
  await eventually(() => expect(open).toBe(0))
})

test('a large event is made once for all who want the same', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, () => openSocket(server.socketUrl)))
  const before = open
  let go = () => {}
  begin = new Promise(resolve => {
    go = resolve
  })
  for (const client of clients) client.subscribe('1', SUBSCRIBE, { of: 1 })
  await eventually(() => expect(open).toBe(before + clients.length))
  go()
  for (const client of clients) expect(await client.next()).toMatchObject({ type: 'next', payload: { data: {} } })
  expect(made).toBe(1)
  for (const client of clients) client[Symbol.dispose]()
})

test('the errors of a large event come with it', async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', 'subscription { payload(of: 1) { number text again: text(fails: true) } }')
  expect(await client.next()).toMatchObject({
    type: 'next',
    payload: {
      data: { payload: { number: 0, again: null } },
      errors: [{ path: ['payload', 'again'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    },
  })
})

/** Takes one event and reads no more. */
const stalled = async () => {
  const client = await openSocket(server.socketUrl)
  client.socket.pause()
  client.subscribe('1', SUBSCRIBE, { of: 2 })
  return client
}

test('clients that read nothing hold up the others for a while only', async () => {
  // More than all memory for large events.
  const slow = await Promise.all(Array.from({ length: 24 }, stalled))
  await eventually(() => expect(open).toBe(24))
  await overWebSocket(2)
  for (const client of slow) client[Symbol.dispose]()
  await eventually(() => expect(open).toBe(0))
})

test('a client that leaves while it waits for memory leaves nothing behind', async () => {
  const slow = await Promise.all(Array.from({ length: 24 }, stalled))
  await eventually(() => expect(open).toBe(24))
  const { hostname, port, pathname } = new URL(server.url)
  const query = new URLSearchParams({ query: SUBSCRIBE, variables: JSON.stringify({ of: 2 }) })
  const leaving = connect(Number(port), hostname)
  leaving.write(`GET ${pathname}?${query} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/event-stream\r\n\r\n`)
  await eventually(() => expect(open).toBe(25))
  leaving.destroy()
  for (const client of slow) client[Symbol.dispose]()
  await eventually(() => expect(open).toBe(0))
  await overEventStream(2)
})
