import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, askGraphQL } from '../support/ask.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const FRONTEND = 'https://app.example.org'
let server: TestServer
let port: number

beforeAll(async () => {
  server = await startTestServer({ allowedOrigins: [FRONTEND], allowedHosts: ['kafka.example.org', 'proxy:8080'] })
  port = server.port
})
afterAll(() => server.close())

/** The status of an upgrade; 101 when it succeeded. */
const upgradeStatus = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(server.socketUrl, 'graphql-transport-ws', { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', reject)
  })

const writeStatus = async (headers: Record<string, string>): Promise<number> => {
  const answer = await askGraphQL(server.url, 'mutation { write(text: "x") }', headers)
  return answer.status
}

const eventsStatus = async (headers: Record<string, string>): Promise<number> => {
  const url = `${server.url}?query=${encodeURIComponent('subscription { count(to: 1) { number } }')}`
  const answer = await ask(url, { headers: { accept: 'text/event-stream', ...headers } })
  return answer.status
}

const statuses = async (headers: Record<string, string>) => ({
  http: await writeStatus(headers),
  websocket: await upgradeStatus(headers),
  sse: await eventsStatus(headers),
})

const accepted = { http: 200, websocket: 101, sse: 200 }
const refused = { http: 403, websocket: 403, sse: 403 }

const ownOrigins = ['127.0.0.1', 'localhost', '[::1]']

const foreignOrigins = () => [
  'null',
  'https://evil.example',
  'http://127.0.0.1',
  'http://localhost:3000',
  `http://127.0.0.1:${port}.evil.example`,
  `http://127.0.0.1:${port}@evil.example`,
  `http://127.0.0.1:${port}0`,
  `http://127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}, ${FRONTEND}`,
  `file://127.0.0.1:${port}`,
  `${FRONTEND}.evil.example`,
  `${FRONTEND}:444`,
  'http://app.example.org',
  'https://xapp.example.org',
  '',
]

const foreignHosts = () => [
  `evil.example:${port}`,
  'evil.example',
  `127.0.0.1.evil.example:${port}`,
  `localhost.evil.example:${port}`,
  `localhost.:${port}`,
  `app.localhost:${port}`,
  'xlocalhost',
  '127.1',
  '127.0.0.1.',
  '127.0.0.01',
  '127.0.0.256',
  '0177.0.0.1',
  '[::ffff:127.0.0.1]',
  '0.0.0.0',
  `10.0.0.1:${port}`,
  `2130706433:${port}`,
  'proxy:8081',
  'proxy',
  `kafka.example.org.evil.example`,
]

describe('one rule decides for HTTP, WebSocket and SSE', () => {
  test('programs send no Origin and are served', async () => {
    expect(await statuses({})).toEqual(accepted)
  })

  test('its own pages are served under every loopback name', async () => {
    for (const name of ownOrigins) {
      const host = `${name}:${port}`
      expect(await statuses({ host, origin: `http://${host}` }), host).toEqual(accepted)
    }
  })

  test('loopback names are served on any port, as a forwarded port sends them, with the page of that Host', async () => {
    for (const name of [...ownOrigins, '127.9.8.7', 'LOCALHOST']) {
      for (const host of [name, `${name}:8080`, `${name}:1`]) {
        expect(await statuses({ host }), host).toEqual(accepted)
        const page = `://${host.toLowerCase()}`
        for (const origin of [`http${page}`, `https${page}`])
          expect(await statuses({ host, origin, 'sec-fetch-site': 'same-origin' }), origin).toEqual(accepted)
      }
    }
  })

  test('a page on another local port is foreign, also through a forwarded port', async () => {
    const host = 'localhost:8080'
    for (const origin of [
      `http://localhost:${port}`,
      'http://localhost:3000',
      'http://localhost',
      'http://127.0.0.1:8080',
    ])
      expect(await statuses({ host, origin }), origin).toEqual(refused)
    expect(await statuses({ host, 'sec-fetch-site': 'same-site' })).toEqual(refused)
    expect(await statuses({ host, origin: FRONTEND })).toEqual(accepted)
  })

  test('foreign, null and look-alike origins are refused and nothing is written', async () => {
    const before = server.written.length
    for (const origin of foreignOrigins()) expect(await statuses({ origin }), origin).toEqual(refused)
    expect(server.written).toHaveLength(before)
    expect(server.sources.open).toBe(0)
  })

  test('a page under another loopback name is foreign too', async () => {
    expect(await statuses({ origin: `http://localhost:${port}` })).toEqual(refused)
  })

  test('foreign host names are refused, with and without their own origin', async () => {
    const before = server.written.length
    for (const host of foreignHosts()) {
      expect(await statuses({ host }), host).toEqual(refused)
      expect(await statuses({ host, origin: `http://${host}` }), host).toEqual(refused)
    }
    expect(server.written).toHaveLength(before)
  })

  test('names in ALLOWED_HOSTS are its own', async () => {
    expect(await statuses({ host: 'kafka.example.org', origin: 'https://kafka.example.org' })).toEqual(accepted)
    expect(await statuses({ host: 'kafka.example.org:8443' })).toEqual(accepted)
    expect(await statuses({ host: 'proxy:8080' })).toEqual(accepted)
  })

  test('pages in ALLOWED_ORIGINS are served', async () => {
    expect(await statuses({ origin: FRONTEND })).toEqual(accepted)
    expect(await statuses({ origin: FRONTEND, 'sec-fetch-site': 'cross-site' })).toEqual(accepted)
  })

  test('a foreign page’s request without an Origin is refused by Sec-Fetch-Site', async () => {
    for (const site of ['cross-site', 'same-site']) expect(await statuses({ 'sec-fetch-site': site })).toEqual(refused)
    expect(await statuses({ 'sec-fetch-site': 'same-origin' })).toEqual(accepted)
  })
})

describe('another origin over HTTP', () => {
  test('reads responses when allowed: its exact name, no wildcard, no credentials', async () => {
    const { headers } = await askGraphQL(server.url, '{ hello }', { origin: FRONTEND })
    expect(headers['access-control-allow-origin']).toBe(FRONTEND)
    expect(headers['access-control-allow-credentials']).toBeUndefined()
    expect(headers.vary).toContain('Origin')
  })

  test('gets the permission in its preflight, before it sends JSON', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    const answer = await ask(server.url, { method: 'OPTIONS', headers: { origin: FRONTEND, ...preflight } })
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-origin']).toBe(FRONTEND)
    expect(answer.headers['access-control-allow-headers']).toContain('content-type')
    const foreign = await ask(server.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', ...preflight },
    })
    expect(foreign.status).toBe(403)
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('may send any header that it requests, within limits', async () => {
    const preflight = async (asked: string, origin = FRONTEND) => {
      const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asked }
      const answer = await ask(server.url, { method: 'OPTIONS', headers })
      return {
        status: answer.status,
        vary: answer.headers.vary,
        allowed: answer.headers['access-control-allow-headers'],
      }
    }
    const clients = 'apollographql-client-name, x-requested-with,traceparent'
    expect(await preflight(clients)).toEqual({
      status: 204,
      vary: 'Origin, Access-Control-Request-Headers',
      allowed: 'apollographql-client-name, x-requested-with, traceparent',
    })
    expect((await preflight('a b, x-ok, "quoted", , (')).allowed).toBe('x-ok')
    const many = Array.from({ length: 500 }, (_, index) => `x-${index}`).join()
    expect((await preflight(many)).allowed?.split(', ')).toHaveLength(100)
    expect((await preflight('x'.repeat(10_000))).allowed).toBe('')
    expect(await preflight(clients, 'https://evil.example')).toMatchObject({ status: 403, allowed: undefined })
  })

  test('gets no CORS header when it is not allowed, and its body is not read', async () => {
    const answer = await ask(server.url, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: 'not even JSON',
    })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('may link to GraphiQL, and to no other part of the API', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const page = await ask(server.url, { headers: { ...link, accept: 'text/html,*/*' } })
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toContain('text/html')
    const query = `${server.url}?query={hello}`
    expect((await ask(query, { headers: { ...link, accept: 'application/json' } })).status).toBe(406)
    const frame = { ...link, 'sec-fetch-dest': 'iframe', accept: 'text/html' }
    expect((await ask(server.url, { headers: frame })).status).toBe(403)
  })
})
