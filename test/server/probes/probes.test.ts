import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../support/ask.ts'
import { collectingLogger, startTestServer, type TestServer } from '../support/start-test-server.ts'

const logger = collectingLogger()
let reasons: readonly string[] = []
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ logger, readiness: () => reasons })
})
afterAll(() => server.close())

/** The complete response to these bytes. */
const raw = async (text: string): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1')
  socket.end(text)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

const HOSTS = ['10.1.2.3:8080', 'kafka-graphql.default.svc', 'evil.example', 'localhost.']

test('livez and readyz answer every Host with their status, and give reasons only under names of this server', async () => {
  for (const host of HOSTS) {
    reasons = ['the secret of the house']
    expect((await ask(`${server.origin}/livez`, { headers: { host } })).status).toBe(200)
    const unready = await ask(`${server.origin}/readyz`, { headers: { host } })
    expect([unready.status, JSON.parse(unready.text)]).toEqual([503, { status: 'not ready' }])
    reasons = []
    expect((await ask(`${server.origin}/readyz`, { headers: { host } })).status).toBe(200)
  }
  reasons = ['Kafka does not answer']
  expect(JSON.parse((await ask(`${server.origin}/readyz`)).text)).toEqual({ status: 'not ready', reasons })
})

test('without a Host, as HAProxy asks by default, by GET and HEAD', async () => {
  reasons = ['the secret of the house']
  expect(await raw('GET /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\nalive\n$/s)
  const answer = await raw('GET /readyz HTTP/1.0\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 503 .*\r\n\r\n\{"status":"not ready"\}$/s)
  expect(await raw('HEAD /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n$/s)
  expect(await raw('OPTIONS /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await raw('POST /readyz HTTP/1.0\r\nContent-Length: 0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
})

test('a page of another site learns nothing, and all other paths stay guarded', async () => {
  const origin = 'https://evil.example'
  for (const path of ['/livez', '/readyz'])
    expect((await ask(server.origin + path, { headers: { origin } })).status).toBe(403)
  for (const path of ['/metrics', '/graphql', '/livez/', '/readyz/x'])
    expect((await ask(server.origin + path, { headers: { host: 'evil.example' } })).status, path).toBe(403)
})

test('a probe under a foreign name is not a refusal: it is neither counted nor logged', async () => {
  const other = collectingLogger()
  const fresh = await startTestServer({ logger: other })
  await ask(`${fresh.origin}/livez`, { headers: { host: 'evil.example' } })
  expect(other.lines).toEqual([])
  expect((await ask(`${fresh.origin}/metrics`)).text).not.toMatch(/refused\S* [1-9]/)
  await fresh.close()
})
