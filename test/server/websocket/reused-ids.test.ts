import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openSocket, type SocketClient } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
const FIRST = { id: '1', type: 'next', payload: { data: { count: { number: 0 } } } }
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

type Message = Awaited<ReturnType<SocketClient['next']>>

/** Every message up to the first of this type. */
const messagesUntil = async (client: SocketClient, type: string): Promise<Message[]> => {
  const messages: Message[] = []
  while (messages.at(-1)?.type !== type) messages.push(await client.next())
  return messages
}

test.each([
  ['a subscription that is opening', 'subscription { opens }'],
  ['a subscription that runs', ENDLESS],
  ['a query that runs', '{ wait }'],
])('an id can be reused at once when its operation is cancelled: %s', async (_, query) => {
  using client = await openSocket(server.socketUrl)
  for (let round = 0; round < 20; round++) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  client.subscribe('1', 'subscription { count(to: 2) { number } }')
  const messages = await messagesUntil(client, 'complete')
  // The earlier ones may have sent their first number before they were cancelled.
  const before = messages.splice(0, messages.length - 3)
  for (const one of before) expect(one).toEqual(FIRST)
  expect(messages).toEqual([
    FIRST,
    { id: '1', type: 'next', payload: { data: { count: { number: 1 } } } },
    { id: '1', type: 'complete' },
  ])
  client.send({ type: 'ping' })
  expect(await messagesUntil(client, 'pong')).toHaveLength(1)
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('an operation that waits for its id can be cancelled like a running one', async () => {
  using client = await openSocket(server.socketUrl)
  for (const query of ['subscription { opens }', ENDLESS]) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  await eventually(() => expect(server.sources.open).toBe(0))
  client.subscribe('1', '{ hello }')
  const [last] = (await messagesUntil(client, 'complete')).slice(-2)
  expect(last).toMatchObject({ type: 'next', payload: { data: { hello: 'hello world' } } })
})

test('an id that is in use, or awaited, cannot be used twice', async () => {
  for (const first of [[ENDLESS], ['subscription { opens }', null, ENDLESS]] as const) {
    using client = await openSocket(server.socketUrl)
    for (const query of [...first, ENDLESS])
      if (query === null) client.send({ type: 'complete', id: '1' })
      else client.subscribe('1', query)
    expect(await client.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' })
  }
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('an awaited id leaves nothing behind when its socket closes', async () => {
  using client = await openSocket(server.socketUrl)
  for (const query of [ENDLESS, ENDLESS]) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  client.subscribe('1', ENDLESS)
  client.socket.terminate()
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('an id is free for another operation while its last frame is queued behind unread data', async () => {
  await using own = await startTestServer({ limits: { socketBufferBytes: 10_000 } })
  using client = await openSocket(own.socketUrl)
  const text = 'x'.repeat(100_000)
  client.subscribe('behind', 'subscription ($text: String) { count(to: 400, text: $text) { text } }', { text })
  await client.next()
  client.socket.pause()
  using other = await openSocket(own.socketUrl)
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) {
      other.send({ type: 'ping' })
      await other.next()
    }
  }
  await turns(1_000)
  client.subscribe('1', 'subscription { count(to: 0) { number } }')
  await turns(50)
  client.send({ type: 'complete', id: '1' })
  client.subscribe('1', ENDLESS)
  await eventually(() => expect(own.sources.open).toBe(2))
  client.socket.resume()
  await eventually(() => expect(client.messages).toContainEqual({ id: 'behind', type: 'complete' }))
  await eventually(() => expect(client.messages).toContainEqual(FIRST))
  client.send({ type: 'complete', id: '1' })
  await eventually(() => expect(own.sources.open).toBe(0))
})
