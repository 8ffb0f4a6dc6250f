import { createConnection } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { ask, askGraphQL } from '../support/ask.ts'
import { collectingLogger, startTestServer, type TestServer } from '../support/start-test-server.ts'

const logger = collectingLogger()
let reasons: readonly string[] = []
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({
    logger,
    readiness: () => reasons,
    limits: { maxRequestBytes: 10_000, requestTimeoutMs: 1_000 },
  })
})
afterAll(() => server.close())

const post = (headers: Record<string, string>, body: string | Buffer) =>
  ask(server.url, { method: 'POST', headers, body })
const errorsOf = (text: string) => JSON.parse(text).errors
const codeOf = (text: string): string => errorsOf(text)[0].extensions.code

test('paths are exact: anything else is 404', async () => {
  for (const path of ['/', '/graphql/', '/graphqlx', '/x/graphql', '/health', '/livez/', '/graphiql', '/graphiql/x'])
    expect((await ask(server.origin + path)).status, path).toBe(404)
  const health = await ask(`${server.url}?query={hello(name:"/health")}`)
  expect(health.text).toContain('hello /health')
})

test('livez always answers, readyz only when there is no reason against it', async () => {
  reasons = ['Kafka does not answer']
  expect((await ask(`${server.origin}/livez`)).status).toBe(200)
  const unready = await ask(`${server.origin}/readyz`)
  expect(unready.status).toBe(503)
  expect(JSON.parse(unready.text)).toEqual({ status: 'not ready', reasons })
  reasons = []
  expect((await ask(`${server.origin}/readyz`)).status).toBe(200)
})

test('metrics have bounded labels: none contains a name chosen by a client', async () => {
  await askGraphQL(server.url, 'query OnlyHere { hello }')
  await ask(`${server.origin}/only/here`)
  const { text, headers } = await ask(`${server.origin}/metrics`)
  expect(headers['content-type']).toContain('text/plain')
  expect(text).toContain('kafka_graphql_operations_total{transport="http",kind="query"}')
  expect(text).toMatch(/http_request_duration_seconds_count\{route="other",status="404"\}/)
  expect(text).toContain('process_cpu_seconds_total')
  expect(text).not.toContain('OnlyHere')
  expect(text).not.toContain('only/here')
})

test('every response has nosniff', async () => {
  for (const path of ['/graphql', '/livez', '/metrics', '/nothing']) {
    const { headers } = await ask(server.origin + path)
    expect(headers['x-content-type-options'], path).toBe('nosniff')
  }
})

test('bodies are JSON only: types that a form can send are refused and nothing is written', async () => {
  const body = JSON.stringify({ query: 'mutation { write(text: "x") }' })
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json-patch+json',
    'application/json; charset=utf-16',
    'text/plain, application/json',
    '',
  ]
  for (const type of types) expect((await post({ 'content-type': type }, body)).status, type).toBe(415)
  expect((await post({}, body)).status).toBe(415)
  expect(server.written).toEqual([])
  expect((await post({ 'content-type': 'application/json; charset=UTF-8' }, body)).status).toBe(200)
  expect(server.written).toEqual(['x'])
})

test('mutations do not run by GET, and batches never run', async () => {
  const before = server.written.length
  const mutation = encodeURIComponent('mutation { write(text: "y") }')
  // GraphQL over HTTP requires this status for every response type, and event streams are no exception.
  for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
    const { status, headers } = await ask(`${server.url}?query=${mutation}`, { headers: { accept } })
    expect([status, headers.allow], accept).toEqual([405, 'POST'])
  }
  const batch = JSON.stringify([{ query: 'mutation { write(text: "z") }' }])
  expect((await post({ 'content-type': 'application/json' }, batch)).status).toBe(400)
  expect(server.written).toHaveLength(before)
})

test('other methods are refused with the allowed ones', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
    const answer = await ask(server.url, { method })
    expect(answer.status, method).toBe(405)
    expect(answer.headers.allow).toContain('POST')
  }
})

test('a body above the limit is 413, with or without a length', async () => {
  const long = JSON.stringify({ query: '{ hello }', variables: { text: 'x'.repeat(10_000) } })
  const withLength = await post({ 'content-type': 'application/json' }, long)
  expect(withLength.status).toBe(413)
  expect(codeOf(withLength.text)).toBe('REQUEST_TOO_LARGE')
  expect(errorsOf(withLength.text)[0].message).toMatch(/10000 bytes.*MAX_REQUEST_BYTES/)
  const chunked = await post({ 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, long)
  expect([chunked.status, errorsOf(chunked.text)[0].message]).toEqual([413, errorsOf(withLength.text)[0].message])
})

test('a body that arrives too slowly is given up', async () => {
  const socket = createConnection(server.port, '127.0.0.1')
  const answered = new Promise<string>((resolve, reject) => {
    let text = ''
    socket.on('data', data => {
      text += data
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
  socket.write(`POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\n`)
  socket.write('Content-Length: 100\r\n\r\n{')
  expect(await answered).toMatch(/^HTTP\/1.1 408 |^$/)
})

test('wrong parameters get a 400 and a reason', async () => {
  const json = { 'content-type': 'application/json' }
  for (const body of ['', 'null', '1', '"x"', '{', '{}', '{"query":1}', '{"query":"{hello}","variables":[]}'])
    expect((await post(json, body)).status, body).toBe(400)
  for (const query of ['variables=%7B', 'query={hello}&variables=1', 'query={hello}&extensions=%5B%5D'])
    expect((await ask(`${server.url}?${query}`)).status, query).toBe(400)
})

test('a body that is not UTF-8 is refused, and nothing of it is written', async () => {
  const before = server.written.length
  const body = Buffer.from('{"query":"mutation { write(text: \\"caf\u00e9\\") }"}', 'latin1')
  const { status, text } = await post({ 'content-type': 'application/json' }, body)
  expect(status).toBe(400)
  expect(errorsOf(text)).toEqual([{ message: 'The body is not UTF-8.', extensions: { code: 'BAD_REQUEST' } }])
  expect(server.written).toHaveLength(before)
})

test('an empty operation name means none', async () => {
  const json = { 'content-type': 'application/json' }
  const { text } = await post(json, '{"query":"{ hello }","operationName":""}')
  expect(JSON.parse(text)).toEqual({ data: { hello: 'hello world' } })
})

test('a client that sends a hash first is asked for the document', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }
  const byGet = `${server.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`
  const answers = [
    await post({ 'content-type': 'application/json' }, JSON.stringify({ extensions })),
    await ask(byGet),
    await ask(byGet, { headers: { accept: 'application/graphql-response+json' } }),
  ]
  for (const { status, text } of answers) {
    expect(status).toBe(200)
    expect(errorsOf(text)).toEqual([
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ])
  }
})

test('a compressed body is refused with that reason', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const { status, text } = await ask(server.url, { method: 'POST', headers, body: gzipSync('{"query":"{ hello }"}') })
  expect([status, codeOf(text)]).toEqual([415, 'BAD_REQUEST'])
})

test('an unexpected error is masked, and logged under the id that the client sees', async () => {
  const { text } = await askGraphQL(server.url, '{ fails hello }')
  const [error] = errorsOf(text)
  expect(error).toMatchObject({ message: 'Unexpected error.', path: ['fails'] })
  expect(error.extensions.code).toBe('INTERNAL_SERVER_ERROR')
  expect(JSON.parse(text).data.hello).toBe('hello world')
  expect(text).not.toContain('secret')
  const logged = logger.lines.find(line => line.id === error.extensions.id)
  expect(String(logged?.err)).toContain('the secret of the house')
})

test("Kafka's error keeps its name, number and details, 64-bit values as strings", async () => {
  const { text, status } = await askGraphQL(server.url, '{ kafkaFails }')
  expect(status).toBe(200)
  const extensions = { code: 'OFFSET_OUT_OF_RANGE', errorCode: 1, retriable: false, earliestOffset: '5' }
  expect(errorsOf(text)[0].extensions).toEqual(extensions)
})

test('an error with its own code passes', async () => {
  const { text } = await askGraphQL(server.url, '{ refuses }')
  expect(errorsOf(text)[0]).toMatchObject({ message: 'No.', extensions: { code: 'BAD_USER_INPUT' } })
})

test('a wrong variable is an error of the request', async () => {
  const { text } = await askGraphQL(server.url, 'query($n: String!) { hello(name: $n) }', {}, { n: 1 })
  expect(codeOf(text)).toBe('BAD_USER_INPUT')
})

test('a subscription by plain HTTP gets an error that names the two ways', async () => {
  const { status, text } = await askGraphQL(server.url, 'subscription { count { number } }')
  expect(status).toBe(406)
  expect(text).toContain('text/event-stream')
  expect(server.sources.open).toBe(0)
})

test('an operation is aborted when its client leaves', async () => {
  const before = server.aborted
  const gone = new AbortController()
  const body = JSON.stringify({ query: '{ wait }' })
  const headers = { 'content-type': 'application/json' }
  const asked = fetch(server.url, { method: 'POST', headers, body, signal: gone.signal }).catch(() => undefined)
  await eventually(async () => {
    const { text } = await ask(`${server.origin}/metrics`)
    expect(text).toMatch(/operations_total\{transport="http",kind="query"\} [1-9]/)
  })
  gone.abort()
  await asked
  await eventually(() => expect(server.aborted).toBeGreaterThan(before))
})
