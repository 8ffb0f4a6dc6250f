import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openSocket, type SocketClient } from './support/socket-client.ts'
import { startTestServer, type TestServer } from './support/start-test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ limits: { socketBufferBytes: 10_000 } })
})
afterAll(() => server.close())

/** More than the kernel buffers for both sides. */
const FLOOD_BYTES = 40 << 20
/** The server could have read it all: 64 KB a turn. */
const TURNS = 1_000

describe('a client that sends requests and does not read', () => {
  const x = 'x'.repeat(10_000)
  let ids = 0
  test.each<[string, (client: SocketClient) => void]>([
    ['pings of the protocol', client => client.send({ type: 'ping', payload: { x } })],
    ['operations that are refused', client => client.subscribe(`${x}${ids++}`, '{ nope }')],
    ['queries', client => client.subscribe(String(ids++), `{ hello(name: "${x}") }`)],
  ])(
    'is not read from until it reads, and then gets its responses: %s',
    async (_, send) => {
      using client = await openSocket(server.socketUrl)
      client.socket.pause()
      for (let sent = 0; sent < FLOOD_BYTES; sent += x.length) send(client)
      using other = await openSocket(server.socketUrl)
      for (let turn = 0; turn < TURNS; turn++) {
        other.send({ type: 'ping' })
        expect(await other.next()).toEqual({ type: 'pong' })
      }
      expect(client.socket.bufferedAmount).toBeGreaterThan(0)
      client.socket.resume()
      // More than the kernel had buffered for it.
      await eventually(() => expect(client.messages.length).toBeGreaterThan(600), { within: 25_000 })
    },
    30_000,
  )
})
