import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openSocket } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const QUERY = 'subscription ($text: String) { count(text: $text) { number text } }'
const text = 'x'.repeat(1_000)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ limits: { slowSubscriberMs: 400, keepAliveMs: 100, socketBufferBytes: 10_000 } })
})
afterAll(() => server.close())

test('a WebSocket paused for good: its streams end, and it gets the reason when it reads again', async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', QUERY, { text })
  await client.next()
  client.socket.pause()
  await eventually(() => expect(server.sources.open).toBe(0))
  client.socket.resume()
  await eventually(() =>
    expect(client.messages.at(-1)).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'SUBSCRIBER_TOO_SLOW', retriable: true } }],
    }),
  )
})

test('an event stream paused for good: it ends, and its client gets the reason when it reads again', async () => {
  const { hostname, port, pathname } = new URL(server.url)
  const client = connect(Number(port), hostname)
  const query = new URLSearchParams({ query: QUERY, variables: JSON.stringify({ text }) })
  client.write(`GET ${pathname}?${query} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/event-stream\r\n\r\n`)
  await new Promise(resolve => client.once('data', resolve))
  client.pause()
  await eventually(() => expect(server.sources.open).toBe(0))
  let tail = ''
  client.on('data', data => {
    tail = (tail + data).slice(-2_000)
  })
  client.resume()
  await eventually(() => expect(tail).toContain('SUBSCRIBER_TOO_SLOW'))
  // The last chunk of the response, after which its client may retry.
  await eventually(() => expect(tail).toMatch(/\n0\r\n\r\n$/))
  expect(tail).not.toContain('event: complete')
  client.destroy()
})

test('a client that reads slowly is left alone', async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', 'subscription ($text: String) { count(to: 3000, text: $text) { number text } }', { text })
  const pausing = setInterval(() => {
    client.socket.pause()
    setTimeout(() => client.socket.resume(), 20)
  }, 40)
  await eventually(() => expect(client.messages.length).toBeGreaterThan(3000))
  clearInterval(pausing)
  expect(client.messages.at(-1)).toMatchObject({ type: 'complete' })
})

const TEXTS = Array.from({ length: 16 }, (_, index) => `t${index}: text`).join(' ')
const large = {
  query: `subscription ($text: String) { count(to: 1, ends: false, text: $text) { number ${TEXTS} } }`,
  variables: { text: 'x'.repeat(1_900_000) },
}

/** A masked WebSocket frame with a zero mask. */
const frameOf = (message: object): Buffer => {
  const text = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(14)
  head.writeUInt16BE(0x81ff)
  head.writeBigUInt64BE(BigInt(text.length), 2)
  return Buffer.concat([head, text])
}

const KEY = Buffer.alloc(16).toString('base64')
const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${KEY}`]
const body = JSON.stringify(large)
const asking = {
  'a WebSocket': {
    head: ['GET', ...UPGRADE, 'Sec-WebSocket-Protocol: graphql-transport-ws'],
    body: Buffer.concat([
      frameOf({ type: 'connection_init' }),
      frameOf({ type: 'subscribe', id: '1', payload: large }),
    ]),
  },
  'an event stream': {
    head: ['POST', 'Accept: text/event-stream', 'Content-Type: application/json', `Content-Length: ${body.length}`],
    body,
  },
}

test.each(['a WebSocket', 'an event stream'] as const)(
  'a client that reads a large event slowly is left alone: %s',
  async by => {
    const patient = await startTestServer({ limits: { slowSubscriberMs: 2000, keepAliveMs: 1000 } })
    const { hostname, port, host, pathname } = new URL(patient.url)
    const client = connect(Number(port), hostname)
    const [method, ...headers] = asking[by].head
    client.write(`${method} ${pathname} HTTP/1.1\r\n${[`Host: ${host}`, ...headers].join('\r\n')}\r\n\r\n`)
    client.write(asking[by].body)
    let bytes = 0
    client.on('data', data => {
      bytes += data.length
      client.pause()
      setTimeout(() => client.resume(), 10)
    })
    await eventually(() => expect(bytes).toBeGreaterThan(30_000_000), { within: 30_000 })
    expect(patient.sources.open).toBe(1)
    client.destroy()
    await patient.close()
  },
  40_000,
)

/** A connection that sends a request and reads only the beginning of its response. */
const readsNothing = async (url: string, question: string): Promise<Socket> => {
  const { hostname, port } = new URL(url)
  const client = connect(Number(port), hostname)
  client.on('error', () => undefined)
  client.write(question)
  await new Promise(resolve => client.once('data', resolve))
  client.pause()
  return client
}

const PLAIN = 'application/json'
const NOT_COMMON = 'application/json;q=0.5'

test.each([PLAIN, NOT_COMMON, 'text/event-stream'])(
  'a client that never reads the rest of a response (%s) is cut',
  async accept => {
    const limits = { slowSubscriberMs: 200, requestTimeoutMs: 400 }
    const impatient = await startTestServer({ limits })
    const { host, pathname } = new URL(impatient.url)
    const query = `query ($name: String) { ${Array.from({ length: 30 }, (_, index) => `a${index}: hello(name: $name)`).join(' ')} }`
    const isStream = accept === 'text/event-stream'
    const asked = isStream ? { query: QUERY, variables: { text } } : { query, variables: { name: 'x'.repeat(1 << 20) } }
    const body = JSON.stringify(asked)
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      `Accept: ${accept}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ]
    const client = await readsNothing(impatient.url, `${head.join('\r\n')}\r\n\r\n${body}`)
    const answered = /http_request_duration_seconds_count{route="\/graphql",status="200"} 1/
    await eventually(async () => expect(await impatient.metrics.render()).toMatch(answered))
    client.destroy()
    await impatient.close()
  },
)
