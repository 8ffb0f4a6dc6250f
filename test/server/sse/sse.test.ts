import { createClient } from 'graphql-sse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { ask } from '../support/ask.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const ENDLESS = 'subscription { count(to: 1, ends: false) { number } }'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ limits: { keepAliveMs: 100, maxSockets: 3, shutdownGraceMs: 300 } })
})
afterAll(() => server.close())

const accept = { accept: 'text/event-stream' }
const get = (query: string, variables?: object) => {
  const given = new URLSearchParams({ query, ...(variables ? { variables: JSON.stringify(variables) } : {}) })
  return ask(`${server.url}?${given}`, { headers: accept })
}
const post = (query: string) =>
  ask(server.url, {
    method: 'POST',
    headers: { ...accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
const eventsOf = (text: string) =>
  [...text.matchAll(/event: (\w+)\ndata:(.*)\n\n/g)].map(([, event, data]) => [event, data ? JSON.parse(data) : null])

describe('an event stream', () => {
  test('delivers a subscription by GET, as EventSource sends it, and by POST', async () => {
    const expected = [
      ['next', { data: { count: { number: 0 } } }],
      ['next', { data: { count: { number: 1 } } }],
      ['complete', null],
    ]
    const byGet = await get('subscription ($to: Int) { count(to: $to) { number } }', { to: 2 })
    expect(byGet.headers['content-type']).toContain('text/event-stream')
    expect(eventsOf(byGet.text)).toEqual(expected)
    expect(eventsOf((await post('subscription { count(to: 2) { number } }')).text)).toEqual(expected)
  })

  test('a stock graphql-sse client works', async () => {
    const client = createClient({ url: server.url })
    const numbers: unknown[] = []
    for await (const { data } of client.iterate({ query: 'subscription { count(to: 3) { number } }' }))
      numbers.push(data)
    expect(numbers).toEqual([0, 1, 2].map(number => ({ count: { number } })))
    client.dispose()
  })

  test('carries queries, mutations by POST, and errors', async () => {
    expect(eventsOf((await get('{ hello }')).text)).toEqual([
      ['next', { data: { hello: 'hello world' } }],
      ['complete', null],
    ])
    expect(eventsOf((await post('mutation { write(text: "x") }')).text)[0]).toEqual(['next', { data: { write: 1 } }])
    for (const query of ['{', '{ nope }', 'mutation { nope }']) {
      const events = eventsOf((await get(query)).text)
      expect(events, query).toMatchObject([
        ['next', { errors: [{ extensions: { code: expect.any(String) } }] }],
        ['complete', null],
      ])
    }
    expect(server.written).toEqual(['x'])
  })

  test('an error in the middle is sent and ends the stream', async () => {
    const masked = eventsOf((await get('subscription { breaks }')).text)
    expect(masked).toMatchObject([
      ['next', {}],
      ['next', { errors: [{ message: 'Unexpected error.' }] }],
      ['complete', null],
    ])
    const kafka = eventsOf((await get('subscription { kafkaBreaks }')).text)
    expect(kafka[1]).toMatchObject(['next', { errors: [{ extensions: { code: 'TOPIC_DELETED', cursor: 'c' } }] }])
  })
})

const LETTERS = 'subscription { letters }'
const eventSource = { ...accept, 'cache-control': 'no-cache' }
/** Sends the headers of a client that keeps ids. */
const getLetters = (query: string, headers: Readonly<Record<string, string>> = eventSource) =>
  ask(`${server.url}?${new URLSearchParams({ query })}`, { headers })
const idsOf = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
/** Blocks that end with a blank line, as Spring's client reads them: each is an event. */
const blocksOf = (text: string) => text.split('\n\n').slice(0, -1)

describe('ids', () => {
  test('every event has its cursor as its id, and a stream its start cursor, with any selection', async () => {
    const { text } = await getLetters(LETTERS)
    expect(idsOf(text)).toEqual(['start', 'a', 'b', 'c'])
    expect(blocksOf(text).at(1)).toBe('id: a\nevent: next\ndata: {"data":{"letters":"a"}}')
    expect(text).toMatch(/^:\nretry: 1\d{3}\nid: start\n\n/)
    expect(blocksOf(text).at(-1)).toBe('event: complete\ndata:')
  })

  test('Last-Event-ID takes precedence over the argument, and no event is sent twice', async () => {
    const { text } = await getLetters('subscription { letters(after: "b") }', { ...eventSource, 'last-event-id': 'a' })
    expect(idsOf(text)).toEqual(['b', 'c'])
    const posted = await ask(server.url, {
      method: 'POST',
      headers: { ...accept, 'content-type': 'application/json', 'last-event-id': 'b' },
      body: JSON.stringify({ query: LETTERS }),
    })
    expect(idsOf(posted.text)).toEqual(['c'])
    expect(idsOf((await getLetters(LETTERS, { ...eventSource, 'last-event-id': '' })).text)).toHaveLength(4)
  })

  test.each([
    ['by POST, as Spring and graphql-sse ask', () => post(LETTERS)],
    [
      'by GET without a cache, as httpx-sse asks',
      () => getLetters(LETTERS, { ...accept, 'cache-control': 'no-store' }),
    ],
    [
      'by GET with another Accept, as urql asks',
      () => getLetters(LETTERS, { accept: 'text/event-stream, application/json' }),
    ],
  ])('clients that take a comment or an id for an event get none before the first: %s', async (_, answer) => {
    const { text } = await answer()
    expect(blocksOf(text).map(block => /event: (\w+)/.exec(block)?.[1])).toEqual(['next', 'next', 'next', 'complete'])
    expect(idsOf(text)).toEqual(['a', 'b', 'c'])
  })

  test('events without a cursor have no id', async () => {
    expect(idsOf((await getLetters('subscription { count(to: 2) { number } }')).text)).toEqual([])
    expect(idsOf((await getLetters('{ hello }', { ...eventSource, 'last-event-id': 'a' })).text)).toEqual([])
  })
})

describe('the end', () => {
  const PASSING = ['CLOSED', 'BUSY', 'KAFKA_UNAVAILABLE', 'SUBSCRIBER_TOO_SLOW', 'COORDINATOR_LOAD_IN_PROGRESS']
  const FINAL = ['TOPIC_DELETED', 'INVALID_CURSOR', 'UNKNOWN_TOPIC_OR_PARTITION', 'TOPIC_AUTHORIZATION_FAILED']
  const both = (code: string) => [
    `subscription { refuses(code: "${code}") }`,
    `subscription { letters(fails: "${code}") }`,
  ]

  test.each(PASSING.flatMap(both))(
    'a transient error just closes the stream, for EventSource silently: %s',
    async query => {
      const { status, text } = await getLetters(query)
      expect([status, text.includes('errors'), text.includes('complete')]).toEqual([200, false, false])
      const byPost = (await getLetters(query, accept)).text
      expect([byPost.includes('"retriable":true'), byPost.includes('complete')]).toEqual([true, false])
    },
  )

  test.each(FINAL.flatMap(both))('a final error is sent and completes the stream: %s', async query => {
    const events = eventsOf((await getLetters(query)).text)
    expect(events.slice(-2)).toMatchObject([
      ['next', { errors: [{ extensions: { code: expect.any(String) } }] }],
      ['complete', null],
    ])
  })
})

/** Opens an endless stream; `text` grows. */
const openStream = async (query: string) => {
  const gone = new AbortController()
  const response = await fetch(`${server.url}?query=${encodeURIComponent(query)}`, {
    headers: accept,
    signal: gone.signal,
  })
  const stream = { status: response.status, text: '', close: () => gone.abort() }
  const read = async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString()
  }
  read().catch(() => undefined)
  return stream
}

test('a client that leaves ends the source at once, even while it waits', async () => {
  const stream = await openStream(ENDLESS)
  await eventually(() => expect(stream.text).toContain('"number":0'))
  expect(server.sources.open).toBe(1)
  stream.close()
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('a client that leaves while its subscription opens aborts it', async () => {
  const before = server.aborted
  const stream = await openStream('subscription { opens }')
  await eventually(() => expect(stream.text).toContain(':'))
  stream.close()
  await eventually(() => expect(server.aborted).toBe(before + 1))
})

test('a quiet stream is kept alive by comments', async () => {
  const stream = await openStream(ENDLESS)
  await eventually(() => expect(stream.text.split('\n').filter(line => line === ':').length).toBeGreaterThan(3))
  expect(stream.text).not.toContain(':\n\n')
  stream.close()
  await eventually(() => expect(server.sources.open).toBe(0))
})

test('one stream too many is refused', async () => {
  await eventually(async () => expect(await server.metrics.render()).toMatch(/connections\{transport="sse"\} 0/))
  const streams = [await openStream(ENDLESS), await openStream(ENDLESS), await openStream(ENDLESS)]
  expect((await openStream(ENDLESS)).status).toBe(503)
  // EventSource would never retry after that.
  expect(await getLetters(ENDLESS)).toMatchObject({ status: 200, text: ':\nretry: 5000\n' })
  for (const stream of streams) stream.close()
  await eventually(() => expect(server.sources.open).toBe(0))
})
