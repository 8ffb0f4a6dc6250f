import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openSocket, type SocketClient } from './support/socket-client.ts'
import { startTestServer, type TestServer } from './support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Everything that is told until a ping is answered that is sent now. */
const toldUntilPong = async (client: SocketClient): Promise<readonly string[]> => {
  const types: string[] = []
  client.send({ type: 'ping' })
  for (;;) {
    const { type } = await client.next()
    if (type === 'pong') return types
    types.push(type)
  }
}

test.each([
  ['a subscription that is opening', 'subscription { opens }'],
  ['a subscription that runs', ENDLESS],
  ['a query that runs', '{ wait }'],
])('an id is free again at once when its operation is given up: %s', async (_, query) => {
  using client = await openSocket(server.socketUrl)
  for (let round = 0; round < 20; round++) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  client.subscribe('1', 'subscription { count(to: 2) { number } }')
  const told = []
  while (told.at(-1)?.type !== 'complete') told.push(await client.next())
  // The first one may have told its first number before it was given up.
  if (told.length === 4) told.shift()
  expect(told).toEqual([
    { id: '1', type: 'next', payload: { data: { count: { number: 0 } } } },
    { id: '1', type: 'next', payload: { data: { count: { number: 1 } } } },
    { id: '1', type: 'complete' },
  ])
  expect(await toldUntilPong(client)).toEqual([])
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('what waits for its id is given up like what runs', async () => {
  using client = await openSocket(server.socketUrl)
  for (const query of ['subscription { opens }', ENDLESS]) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  await eventually(() => expect(server.sources.open).toBe(0))
  client.subscribe('1', '{ hello }')
  expect(await client.next()).toMatchObject({ type: 'next', payload: { data: { hello: 'hello world' } } })
})

test('an id that is in use, or waited for, is not given twice', async () => {
  for (const first of [[ENDLESS], ['subscription { opens }', null, ENDLESS]] as const) {
    using client = await openSocket(server.socketUrl)
    for (const query of [...first, ENDLESS])
      if (query === null) client.send({ type: 'complete', id: '1' })
      else client.subscribe('1', query)
    expect(await client.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' })
  }
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('an id that waits leaves nothing when its socket goes', async () => {
  using client = await openSocket(server.socketUrl)
  for (const query of [ENDLESS, ENDLESS]) {
    client.subscribe('1', query)
    client.send({ type: 'complete', id: '1' })
  }
  client.subscribe('1', ENDLESS)
  client.socket.terminate()
  await eventually(() => expect(server.sources.open).toBe(0))
})
