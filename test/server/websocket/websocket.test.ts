import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from '../../support/eventually.ts'
import { openSocket } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ limits: { maxRequestBytes: 10_000, keepAliveMs: 200, maxSockets: 3 } })
})
afterAll(() => server.close())

const noneOpen = () => eventually(() => expect(server.sources.open).toBe(0))

describe('operations over WebSocket', () => {
  test('a subscription delivers and completes', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', 'subscription { count(to: 2) { number } }')
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data: { count: { number: 0 } } } })
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data: { count: { number: 1 } } } })
    expect(await client.next()).toEqual({ id: '1', type: 'complete' })
  })

  test('queries and mutations work as well', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('q', 'query ($name: String) { hello(name: $name) }', { name: 'ws' })
    expect(await client.next()).toMatchObject({ id: 'q', type: 'next', payload: { data: { hello: 'hello ws' } } })
  })

  test('thousands of events arrive in order', async () => {
    // Not the shared server: a busy test process may leave its pings unanswered for 200 ms.
    await using own = await startTestServer()
    using client = await openSocket(own.socketUrl)
    client.subscribe('1', 'subscription { count(to: 5000) { number } }')
    for (let number = 0; number < 5000; number++)
      expect(await client.next()).toMatchObject({ payload: { data: { count: { number } } } })
    expect(await client.next()).toMatchObject({ type: 'complete' })
  })

  test('a stock graphql-ws client works', async () => {
    const client = createClient({ url: server.socketUrl, webSocketImpl: WebSocket })
    const numbers: unknown[] = []
    for await (const { data } of client.iterate({ query: 'subscription { count(to: 3) { number } }' }))
      numbers.push(data)
    expect(numbers).toEqual([0, 1, 2].map(number => ({ count: { number } })))
    await client.dispose()
  })
})

describe('an error in an operation ends only that operation', () => {
  test('a syntax error, a validation error, an unknown operation, too many tokens', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('lives', ENDLESS)
    await client.next()
    const wrong = ['{', '{ nope }', 'fragment F on Query { hello }', `{ ${'hello '.repeat(1100)} }`]
    for (const query of wrong) {
      client.subscribe('wrong', query)
      const { type, id, payload } = await client.next()
      expect({ type, id }, query).toEqual({ type: 'error', id: 'wrong' })
      expect(payload).toMatchObject([{ extensions: { code: expect.any(String) } }])
    }
    expect(server.sources.open).toBe(1)
    expect(client.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('unexpected errors are masked, Kafka’s keep their names', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', '{ fails }')
    expect(await client.next()).toMatchObject({
      type: 'next',
      payload: { data: { fails: null }, errors: [{ message: 'Unexpected error.', path: ['fails'] }] },
    })
    await client.next()
    client.subscribe('2', 'subscription { breaks }')
    await client.next()
    expect(await client.next()).toMatchObject({ type: 'error', id: '2', payload: [{ message: 'Unexpected error.' }] })
    client.subscribe('3', 'subscription { kafkaBreaks }')
    await client.next()
    const extensions = { code: 'TOPIC_DELETED', cursor: 'c', retriable: false }
    expect(await client.next()).toMatchObject({ type: 'error', id: '3', payload: [{ extensions }] })
    expect(JSON.stringify(client.messages)).not.toContain('secret')
  })

  test.each([
    ['a subscription that cannot begin', 'subscription { refuses(code: "UNKNOWN_TOPIC_OR_PARTITION") }', {}, 1],
    ['one that may later', 'subscription { refuses(code: "KAFKA_UNAVAILABLE") }', {}, 1],
    ['wrong variables of a subscription', 'subscription ($a: Int) { count(to: $a) { number } }', { a: 'x' }, 1],
    [
      'wrong variables of a query',
      'query ($a: String, $b: String) { hello(name: $a) b: hello(name: $b) }',
      { a: 1, b: 2 },
      2,
    ],
  ])('a refusal is an error message, and the last of its operation: %s', async (_, query, variables, count) => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', query, variables)
    const error = { extensions: { code: expect.any(String) } }
    expect(await client.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: Array.from({ length: count }, () => error),
    })
    client.subscribe('1', '{ hello }')
    expect([await client.next(), await client.next()]).toMatchObject([{ type: 'next' }, { type: 'complete', id: '1' }])
  })

  test('a query that fails in a field is a result', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', '{ failsHard }')
    expect(await client.next()).toMatchObject({ type: 'next', payload: { data: null, errors: [{}] } })
    expect(await client.next()).toMatchObject({ type: 'complete' })
  })

  test('one operation too many is refused, the others continue', async () => {
    using client = await openSocket(server.socketUrl)
    for (let id = 1; id <= 5; id++) {
      client.subscribe(String(id), ENDLESS)
      await client.next()
    }
    client.subscribe('6', ENDLESS)
    expect(await client.next()).toMatchObject({ type: 'error', id: '6', payload: [{ extensions: { code: 'BUSY' } }] })
    expect(server.sources.open).toBe(5)
    client.send({ type: 'complete', id: '1' })
    await eventually(() => expect(server.sources.open).toBe(4))
    client.subscribe('7', ENDLESS)
    expect(await client.next()).toMatchObject({ type: 'next', id: '7' })
  })
})

describe('a source ends at once', () => {
  test('when the client completes, while the source waits', async () => {
    await noneOpen()
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', ENDLESS)
    await client.next()
    expect(server.sources.open).toBe(1)
    client.send({ type: 'complete', id: '1' })
    await noneOpen()
  })

  test('when the socket closes or is cut', async () => {
    for (const end of ['close', 'terminate'] as const) {
      using client = await openSocket(server.socketUrl)
      for (const id of ['1', '2', '3']) {
        client.subscribe(id, ENDLESS)
        await client.next()
      }
      expect(server.sources.open).toBe(3)
      client.socket[end]()
      await noneOpen()
    }
  })

  test('an operation that is still opening is aborted when its client cancels it or leaves', async () => {
    using client = await openSocket(server.socketUrl)
    const before = server.aborted
    client.subscribe('1', 'subscription { opens }')
    client.send({ type: 'complete', id: '1' })
    await eventually(() => expect(server.aborted).toBe(before + 1))
    client.subscribe('2', 'subscription { opens }')
    client.send({ type: 'ping' })
    while ((await client.next()).type !== 'pong');
    client.socket.terminate()
    await eventually(() => expect(server.aborted).toBe(before + 2))
  })
})

describe('the socket', () => {
  test('speaks graphql-transport-ws only', async () => {
    using old = await openSocket(server.socketUrl, { protocol: 'graphql-ws', init: false }).catch(() => ({
      closed: Promise.resolve({ code: 4406, reason: '' }),
      [Symbol.dispose]: () => undefined,
    }))
    expect((await old.closed).code).toBe(4406)
  })

  test('closes with 1009 on a message above the limit', async () => {
    using client = await openSocket(server.socketUrl)
    client.subscribe('1', `{ hello } #${'x'.repeat(10_000)}`)
    expect(await client.closed).toEqual({
      code: 1009,
      reason: expect.stringMatching(/larger than \d+ bytes \(MAX_REQUEST_BYTES\)/),
    })
  })

  test.each(['{"type":"nonsense"}', '{"type":"next","id":"1","payload":{"data":null}}', '{"type":"connection_ack"}'])(
    'closes on a message that clients may not send: %s',
    async message => {
      using client = await openSocket(server.socketUrl)
      client.send(message)
      expect((await client.closed).code).toBe(4400)
    },
  )

  test('is cut when it leaves a ping unanswered', async () => {
    using client = await openSocket(server.socketUrl, { autoPong: false })
    client.subscribe('1', ENDLESS)
    expect((await client.closed).code).toBe(1006)
    await noneOpen()
  })

  test('stays while it sends any message, although its pongs are late', async () => {
    await using own = await startTestServer({ limits: { keepAliveMs: 500 } })
    using client = await openSocket(own.socketUrl, { autoPong: false })
    const talking = setInterval(() => client.send({ type: 'ping' }), 50)
    for (let pings = 0; pings < 3; pings++) await new Promise(resolve => client.socket.once('ping', resolve))
    clearInterval(talking)
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    expect((await client.closed).code).toBe(1006)
  })

  test('stays while it answers pings', async () => {
    using client = await openSocket(server.socketUrl)
    for (let pings = 0; pings < 3; pings++) await new Promise(resolve => client.socket.once('ping', resolve))
    expect(client.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('is refused with 503 when there are too many', async () => {
    await eventually(async () =>
      expect(await server.metrics.render()).toMatch(/connections\{transport="websocket"\} 0/),
    )
    using _one = await openSocket(server.socketUrl)
    using _two = await openSocket(server.socketUrl)
    using _three = await openSocket(server.socketUrl)
    await expect(openSocket(server.socketUrl)).rejects.toThrow('503')
  })
})

test('a client that does not read delays only its own source', async () => {
  await using own = await startTestServer({ limits: { socketBufferBytes: 10_000 } })
  using slow = await openSocket(own.socketUrl)
  using quick = await openSocket(own.socketUrl)
  slow.socket.pause()
  const text = 'x'.repeat(1_000)
  const query = 'subscription ($text: String) { count(text: $text) { number text } }'
  slow.subscribe('slow', query, { text })
  quick.subscribe('quick', 'subscription { count(to: 20000) { number } }')
  for (let taken = 0; taken < 20_000; taken++) await quick.next()
  const used = process.memoryUsage().rss
  expect(slow.messages.length).toBeLessThan(20_000)
  slow.socket.resume()
  await eventually(() => expect(slow.messages.length).toBeGreaterThan(20_000))
  expect(process.memoryUsage().rss).toBeLessThan(used * 4)
})

test('a client that never sends connection_init is closed with 4408, one that sent it is not', async () => {
  await using own = await startTestServer({ limits: { connectionInitTimeoutMs: 300 } })
  using polite = await openSocket(own.socketUrl)
  using silent = await openSocket(own.socketUrl, { init: false })
  expect(await silent.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
  expect(polite.socket.readyState).toBe(WebSocket.OPEN)
})

/** A WebSocket below the frames: it answers nothing by itself. */
const openBare = (url: string): Promise<Duplex> => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    'sec-websocket-protocol': 'graphql-transport-ws',
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers })
    asked.on('error', reject).on('upgrade', (_, socket) => resolve(socket.resume()))
    asked.end()
  })
}

test('one that does not answer the close is cut', async () => {
  await using own = await startTestServer({ limits: { connectionInitTimeoutMs: 200, keepAliveMs: 600_000 } })
  const mute = await openBare(own.url)
  await eventually(() => expect(mute.destroyed).toBe(true))
})

test('one that keeps sending after the close is ignored, and cut too', async () => {
  await using own = await startTestServer({ limits: { connectionInitTimeoutMs: 400, keepAliveMs: 600_000 } })
  const deaf = await openBare(own.url)
  const received = new Promise(resolve => deaf.once('data', resolve))
  await received
  const query = 'mutation { write(text: "late") }'
  const messages = [{ type: 'connection_init' }, { type: 'subscribe', id: '1', payload: { query } }]
  // A zero mask leaves the text unchanged.
  for (const text of messages.map(message => JSON.stringify(message)))
    deaf.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]))
  await eventually(() => expect(deaf.destroyed).toBe(true))
  expect(own.written).toEqual([])
})
