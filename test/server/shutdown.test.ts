import { Agent } from 'node:http'
import { expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { ask, type Question } from './support/ask.ts'
import { openSocket } from './support/socket-client.ts'
import { startTestServer } from './support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
const eventStream = (url: string, connection: Pick<Question, 'agent'> = {}) =>
  ask(`${url}?query=${encodeURIComponent(ENDLESS)}`, { headers: { accept: 'text/event-stream' }, ...connection })

test('shutdown ends the sources, closes event streams without completing them and asks WebSockets to reconnect, with their operations still open', async () => {
  const server = await startTestServer()
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', ENDLESS)
  await client.next()
  const events = eventStream(server.url)
  await eventually(() => expect(server.sources.open).toBe(2))
  await server.close()
  expect(server.sources.open).toBe(0)
  expect(client.messages.map(({ type }) => type)).toEqual(['connection_ack', 'next'])
  expect((await client.closed).code).toBe(1001)
  const { text } = await events
  expect(text).toContain('"number":0')
  expect(text).not.toContain('event: complete')
})

test('connections that do not end by themselves are cut after the grace time', async () => {
  const server = await startTestServer({
    endSources: () => new Promise(() => undefined),
    limits: { shutdownGraceMs: 200 },
  })
  const events = eventStream(server.url)
  const query = ask(`${server.url}?query={wait}`)
  using client = await openSocket(server.socketUrl)
  client.socket.pause()
  await eventually(() => expect(server.sources.open).toBe(1))
  await Promise.all([server.close(), expect(events).rejects.toThrow(), expect(query).rejects.toThrow()])
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('clients that keep sending on their connections do not delay the shutdown', async () => {
  const server = await startTestServer({ limits: { shutdownGraceMs: 600_000, httpIdleMs: 600_000 } })
  const agent = new Agent({ keepAlive: true })
  let answered = 0
  const goOnAsking = async () => {
    for (;;) {
      const { status } = await ask(`${server.url}?query={hello}`, { agent })
      expect(status).toBe(200)
      answered++
    }
  }
  const askers = [goOnAsking(), goOnAsking(), goOnAsking()].map(asker =>
    expect(asker).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/),
  )
  const events = eventStream(server.url, { agent })
  await eventually(() => expect(answered).toBeGreaterThan(20))
  await eventually(() => expect(server.sources.open).toBe(1))
  await Promise.all([server.close(), ...askers])
  expect((await events).text).not.toContain('event: complete')
  agent.destroy()
})

test('a connection may be idle for as long as the setting says, and the response contains that time', async () => {
  await using server = await startTestServer({ limits: { httpIdleMs: 65_000 } })
  const { headers } = await ask(`${server.url}?query={hello}`, { agent: new Agent({ keepAlive: true }) })
  expect(headers['keep-alive']).toBe('timeout=65')
})

test('closing twice is closing once', async () => {
  let ended = 0
  const endSources = async () => {
    ended += 1
  }
  const server = await startTestServer({ endSources })
  await Promise.all([server.close(), server.close(), server[Symbol.asyncDispose]()])
  await server.close()
  expect(ended).toBe(1)
})

test('a port that is taken is one clear message', async () => {
  await using first = await startTestServer()
  await expect(startTestServer({ port: first.port })).rejects.toThrow(`127.0.0.1:${first.port} is taken`)
})

test('an address of another machine is one clear message', async () => {
  await expect(startTestServer({ host: '192.0.2.1' })).rejects.toThrow('192.0.2.1:0 is not an address of this machine')
})
