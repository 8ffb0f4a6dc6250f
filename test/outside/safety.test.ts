import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, type Question } from '../server/support/ask.ts'
import { getOffsets } from '../support/console-tools.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

const FRONTEND = 'http://localhost:5173'
const topic = freshTopicName('safety')
let kafka: ToolTarget
let product: Product
let host: string
/** How many messages may exist: only the permitted writes. */
let allowed = 0n

beforeAll(async () => {
  kafka = await sharedKafka()
  await createTopicByTool(kafka, topic)
  product = await startProduct(kafka.bootstrapServers, { ALLOWED_ORIGINS: FRONTEND })
  await untilReady(product)
  host = new URL(product.url).host
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  // Kafka's own tool confirms what was written.
  expect(await getOffsets(kafka, topic)).toEqual(new Map([[0, allowed]]))
})

const JSON_TYPE = { 'content-type': 'application/json' }
const EVENTS = { accept: 'text/event-stream' }
const write = () => `mutation { produce(input: { topic: "${topic}", messages: [{}] }) { results { offset } } }`
const watch = () => `subscription { messages(topic: "${topic}") { offset } }`
const body = () => JSON.stringify({ query: write() })

const isWritten = (text: string) => text.includes('"offset"')

/** Sends a write in every way: by POST, by POST as an event stream, and over a WebSocket. */
const writeEveryWay = async (headers: Readonly<Record<string, string>>): Promise<readonly number[]> => {
  const post = { method: 'POST', body: body() }
  const http = await ask(product.url, { ...post, headers: { ...JSON_TYPE, ...headers } })
  const sse = await ask(product.url, { ...post, headers: { ...JSON_TYPE, ...EVENTS, ...headers } })
  for (const { text } of [http, sse]) if (isWritten(text)) allowed += 1n
  return [http.status, sse.status, await writeOverSocket(headers)]
}

const writeOverSocket = (headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws', { headers })
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', data => {
      const { type } = JSON.parse(String(data))
      if (type === 'connection_ack')
        socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: write() } }))
      if (type === 'next') allowed += 1n
      if (type === 'complete') {
        socket.terminate()
        resolve(101)
      }
    })
    socket.on('unexpected-response', (_, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', reject)
  })

describe('other pages', () => {
  test('of foreign, null and look-alike origins write nothing, over any transport', async () => {
    const origins = [
      'null',
      'https://evil.example',
      'http://localhost',
      'http://localhost:51730',
      `${FRONTEND}.evil.example`,
      `https://localhost:5173`,
      'http://127.0.0.1:5173',
      `http://${host}.evil.example`,
      `http://${host}@evil.example`,
      `${FRONTEND}, http://${host}`,
      'file://',
    ]
    for (const origin of origins) expect(await writeEveryWay({ origin }), origin).toEqual([403, 403, 403])
  })

  test('that point their own host name at our address write nothing', async () => {
    const port = host.split(':')[1]
    for (const name of [
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `10.0.0.1:${port}`,
      'app.localhost',
      '127.0.0.256',
    ]) {
      expect(await writeEveryWay({ host: name }), name).toEqual([403, 403, 403])
      expect(await writeEveryWay({ host: name, origin: `http://${name}` }), name).toEqual([403, 403, 403])
    }
  })

  test('that send no Origin are recognised by Sec-Fetch-Site', async () => {
    for (const site of ['cross-site', 'same-site'])
      expect(await writeEveryWay({ 'sec-fetch-site': site }), site).toEqual([403, 403, 403])
  })

  test('are refused before the body is parsed', async () => {
    const headers = { ...JSON_TYPE, origin: 'https://evil.example' }
    const answer = await ask(product.url, { method: 'POST', headers, body: '{ not JSON' })
    expect([answer.status, JSON.parse(answer.text).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
    for (const name of ['access-control-allow-origin', 'access-control-allow-credentials'])
      expect(answer.headers[name]).toBeUndefined()
  })
})

describe('requests that a browser sends without a preflight', () => {
  const form = `query=${encodeURIComponent(write())}`
  const multipart = `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${body()}\r\n--x--\r\n`
  const inUrl = () => `${product.url}?query=${encodeURIComponent(write())}`
  const cases: readonly (readonly [string, () => readonly [string, Question], number])[] = [
    [
      'JSON as text/plain',
      () => [product.url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: body() }],
      415,
    ],
    ['JSON without a type', () => [product.url, { method: 'POST', body: body() }], 415],
    [
      'a form',
      () => [
        product.url,
        { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form },
      ],
      415,
    ],
    [
      'a multipart form',
      () => [
        product.url,
        { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: multipart },
      ],
      415,
    ],
    [
      'application/graphql',
      () => [product.url, { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: write() }],
      415,
    ],
    [
      'JSON hidden behind another type',
      () => [product.url, { method: 'POST', headers: { 'content-type': 'text/plain;application/json' }, body: body() }],
      415,
    ],
    ['a mutation in the URL of a POST', () => [inUrl(), { method: 'POST', headers: JSON_TYPE, body: '{}' }], 400],
    ['a mutation by GET', () => [inUrl(), {}], 405],
    ['a mutation by GET as an event stream', () => [inUrl(), { headers: EVENTS }], 405],
    ['a mutation by HEAD', () => [inUrl(), { method: 'HEAD' }], 405],
    ['a mutation by PUT', () => [product.url, { method: 'PUT', headers: JSON_TYPE, body: body() }], 405],
  ]

  test.each(cases)('%s writes nothing', async (_, make, status) => {
    const [url, question] = make()
    const answer = await ask(url, question)
    expect(answer.status).toBe(status)
    expect(isWritten(answer.text)).toBe(false)
  })
})

describe('a page of ALLOWED_ORIGINS', () => {
  const page = { origin: FRONTEND, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }

  test('sends a preflight, then writes over HTTP, SSE and WebSocket', async () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    const preflight = await ask(product.url, { method: 'OPTIONS', headers: { ...page, ...asked } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': FRONTEND,
      vary: 'Origin, Access-Control-Request-Headers',
    })
    expect(preflight.headers['access-control-allow-headers']).toContain('content-type')
    const before = allowed
    expect(await writeEveryWay(page)).toEqual([200, 200, 101])
    expect(allowed).toBe(before + 3n)
  })

  test('gets its exact origin in CORS headers, without credentials and without a wildcard', async () => {
    const answers = [
      await ask(product.url, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...page },
        body: '{"query":"{ __typename }"}',
      }),
      await ask(
        `${product.url}?query=${encodeURIComponent(`subscription { messages(topic: "${topic}", to: { earliest: true }) { offset } }`)}`,
        { headers: { ...EVENTS, ...page } },
      ),
    ]
    for (const { status, headers } of answers) {
      expect(status).toBe(200)
      expect(headers['access-control-allow-origin']).toBe(FRONTEND)
      expect(headers['access-control-allow-credentials']).toBeUndefined()
    }
  })
})

test('a page of an unknown origin cannot even subscribe', async () => {
  const headers = { ...EVENTS, origin: 'https://evil.example' }
  const { status, text } = await ask(`${product.url}?query=${encodeURIComponent(watch())}`, { headers })
  expect(status).toBe(403)
  expect(text).not.toContain('offset')
  expect(await product.metric('kafka_graphql_feeds')).toBe(0)
})
