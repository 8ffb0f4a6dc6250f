import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../support/ask.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

/** The headers that Java's HttpClient sends unless it is set to HTTP/1.1, and `curl --http2`. */
const OFFER = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAEAAEAAAAIAAAAB' }
const JSON_BODY = { 'content-type': 'application/json' }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ limits: { maxRequestBytes: 200_000 } })
})
afterAll(() => server.close())

test('an offer to speak HTTP/2 is ignored: GET, POST, a long body, probes', async () => {
  const body = (name: string) =>
    JSON.stringify({ query: 'query ($n: String) { hello(name: $n) }', variables: { n: name } })
  const long = 'x'.repeat(150_000)
  for (const name of ['Java', long]) {
    const answer = await ask(server.url, { method: 'POST', headers: { ...OFFER, ...JSON_BODY }, body: body(name) })
    expect(JSON.parse(answer.text)).toEqual({ data: { hello: `hello ${name}` } })
  }
  expect((await ask(`${server.url}?query={hello}`, { headers: OFFER })).text).toContain('hello world')
  expect((await ask(`${server.origin}/livez`, { headers: OFFER })).status).toBe(200)
})

test('foreign pages gain nothing from it', async () => {
  const headers = { ...OFFER, ...JSON_BODY, origin: 'https://evil.example' }
  const body = '{"query":"mutation { write(text: \\"x\\") }"}'
  expect((await ask(server.url, { method: 'POST', headers, body })).status).toBe(403)
  expect(server.written).toEqual([])
})

test('a connection with such offers can be reused', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const warnings: Error[] = []
  const onWarning = (warning: Error): void => void warnings.push(warning)
  process.on('warning', onWarning)
  const ports = new Set<number | undefined>()
  const one = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${server.url}?query={hello}`, { agent, headers: OFFER }, response => {
        ports.add(response.socket.localPort)
        response.resume().on('end', () => resolve(response.statusCode))
      })
      asked.on('error', reject).end()
    })
  for (let round = 0; round < 30; round++) expect(await one()).toBe(200)
  process.off('warning', onWarning)
  agent.destroy()
  expect(warnings).toEqual([])
  expect(ports.size).toBe(1)
})

test('a request with an offer and hundreds of headers is refused', async () => {
  const socket = connect(server.port, '127.0.0.1')
  const filler = 'A: b\r\n'.repeat(300)
  socket.end(
    `GET /livez HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n${filler}\r\n`,
  )
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  expect(text).toMatch(/^HTTP\/1.1 4\d\d /)
})
