import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openSocket, type SocketClient } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
const INIT = { type: 'connection_init' }
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ limits: { connectionInitTimeoutMs: 300 } })
})
afterAll(() => server.close())

const write = (client: SocketClient, text: string) => client.subscribe(text, `mutation { write(text: "${text}") }`)

/** Resolves once the server has handled everything the client has sent. */
const handled = async () => {
  using other = await openSocket(server.socketUrl)
  for (let pings = 0; pings < 20; pings++) {
    other.send({ type: 'ping' })
    await other.next()
  }
}

describe('nothing is executed of the messages after the one for which a socket is closed', () => {
  const subscribe = { type: 'subscribe', id: '1', payload: { query: ENDLESS } }
  test.each([
    [4401, 'subscribes before the acknowledgement', [subscribe, INIT]],
    [4400, 'sends an invalid message', ['{', INIT]],
    [4429, 'says connection_init twice', [INIT, INIT]],
    [4409, 'uses an id twice', [INIT, subscribe, subscribe]],
  ] as const)('%i, of a client that %s', async (code, _what, messages) => {
    using client = await openSocket(server.socketUrl, { init: false })
    for (const message of messages) client.send(message)
    write(client, `behind ${code}`)
    expect((await client.closed).code).toBe(code)
    await handled()
    expect(server.written).toEqual([])
    await eventually(() => expect(server.sources.open).toBe(0))
  })

  test('4408, of a client that sends connection_init too late', async () => {
    using client = await openSocket(server.socketUrl, { init: false })
    // A paused client does not see the close, nor answer it.
    client.socket.pause()
    await new Promise(resolve => setTimeout(resolve, 400))
    client.send(INIT)
    write(client, 'behind 4408')
    await handled()
    client.socket.resume()
    expect((await client.closed).code).toBe(4408)
    expect(server.written).toEqual([])
  })
})

describe('an id is used twice', () => {
  test.each(['x'.repeat(95), 'x'.repeat(500), '漢'.repeat(50), '💥'.repeat(40)])(
    'and too long for the reason of a close: %s',
    async id => {
      using client = await openSocket(server.socketUrl)
      client.subscribe(id, ENDLESS)
      await client.next()
      client.subscribe(id, ENDLESS)
      const { code, reason } = await client.closed
      expect(code).toBe(4409)
      expect(`Subscriber for ${id} already exists`.startsWith(reason)).toBe(true)
      expect(Buffer.byteLength(reason)).toBeGreaterThan(119)
    },
  )

  test('while the operation that had it is cancelled and has not ended', async () => {
    using client = await openSocket(server.socketUrl)
    const id = '漢'.repeat(50)
    client.subscribe(id, 'subscription { opens }')
    client.send({ type: 'complete', id })
    client.subscribe(id, ENDLESS)
    client.subscribe(id, ENDLESS)
    expect((await client.closed).code).toBe(4409)
  })
})

describe('a binary message', () => {
  test('is read like text', async () => {
    using client = await openSocket(server.socketUrl)
    client.socket.send(Buffer.from('{"type":"ping","payload":{"text":"漢"}}'))
    expect(await client.next()).toEqual({ type: 'pong', payload: { text: '漢' } })
  })

  test('that is not UTF-8 is refused, because "�" would be written for it', async () => {
    using client = await openSocket(server.socketUrl)
    const query = 'mutation { write(text: "\xff") }'
    client.socket.send(Buffer.from(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }), 'latin1'))
    expect((await client.closed).code).toBe(4400)
    expect(server.written).toEqual([])
  })
})
