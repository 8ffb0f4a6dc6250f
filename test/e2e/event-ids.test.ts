import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../server/support/ask.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'

let app: TestApp
let topic: string

beforeAll(async () => {
  app = await startTestApp()
  topic = await app.freshTopic({ numPartitions: 2 })
  const messages = ['a', 'b', 'c'].map((string, index) => ({ partition: index % 2, value: { string } }))
  for (const message of messages) await app.produce({ topic, messages: [message] })
})
afterAll(() => app?.[Symbol.asyncDispose]())

const EVENT_SOURCE = { accept: 'text/event-stream', 'cache-control': 'no-cache' }

/** An event stream that ends, as EventSource asks for it. */
const stream = async (subscription: string, lastEventId?: string) => {
  const query = `subscription { ${subscription} }`
  const headers = { ...EVENT_SOURCE, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const { text } = await ask(`${app.url}?${new URLSearchParams({ query })}`, { headers })
  const events = [...text.matchAll(/^(?:id: (.*)\n)?event: (\w+)\ndata: ?(.*)\n\n/gm)].map(([, id, name, data]) => ({
    id,
    name,
    data: data ? JSON.parse(data) : null,
  }))
  return { text, events, nexts: events.filter(({ name }) => name === 'next') }
}

const ALL = 'from: { earliest: true }, to: { latest: true }'

describe.each([
  ['messages', () => `messages(topic: "${topic}", ${ALL}) {`],
  [
    'messageStream',
    () =>
      `messageStream(input: { topics: ["${topic}"], batch: { maxMessages: 1 }, ${ALL} }) { __typename ... on MessageBatch {`,
  ],
] as const)('%s over SSE', (field, begin) => {
  const end = field === 'messages' ? '}' : '} ... on CaughtUp { cursor } }'

  test('has each event’s cursor as its id, selected or not', async () => {
    const { nexts } = await stream(`${begin()} cursor ${end}`)
    expect(nexts.length).toBeGreaterThanOrEqual(3)
    for (const { id, data } of nexts) expect(id).toBe(data.data[field].cursor)
    const bare = await stream(`${begin()} __typename ${end.replace('cursor', '__typename')}`)
    expect(bare.nexts.map(({ id }) => id)).toEqual(nexts.map(({ id }) => id))
  })

  test('resumes after Last-Event-ID, whatever the arguments say', async () => {
    const { nexts } = await stream(`${begin()} cursor ${end}`)
    const messages = nexts.filter(({ data }) => data.data[field].__typename !== 'CaughtUp').map(({ id }) => id)
    for (const [index, id] of messages.entries()) {
      const resumed = await stream(`${begin()} cursor ${end}`, id)
      const rest = resumed.nexts.filter(({ data }) => data.data[field].__typename !== 'CaughtUp')
      expect(rest.map(event => event.id)).toEqual(messages.slice(index + 1))
      expect(resumed.events.at(-1)?.name).toBe('complete')
    }
  })

  test.each([
    ['not a cursor', 'Header Last-Event-ID: The cursor is invalid'],
    ["'quoted'", 'it is not URL-safe base64'],
    ['AAAA, BBBB', 'it is not URL-safe base64'],
    ['AQEAAAAA', 'The cursor is invalid'],
  ])('refuses Last-Event-ID: %s, for good', async (id, message) => {
    const { events } = await stream(`${begin()} cursor ${end}`, id)
    expect(events).toMatchObject([
      { name: 'next', data: { errors: [{ extensions: { code: 'INVALID_CURSOR' } }] } },
      { name: 'complete' },
    ])
    expect(events[0]?.data.errors[0].message).toContain(message)
  })

  test('refuses the id of another topic', async () => {
    const other = await app.freshTopic()
    const [written] = await app.produce({ topic: other, messages: [{ value: { string: 'x' } }] })
    const { events } = await stream(`${begin()} cursor ${end}`, written?.cursor)
    expect(events[0]?.data.errors[0].message).toContain('Last-Event-ID')
  })
})

test('a stream at latest sends the id that it starts at, and nothing is lost when it breaks before its first event', async () => {
  const fresh = await app.freshTopic()
  const query = `subscription { messages(topic: "${fresh}") { offset } }`
  const gone = new AbortController()
  const response = await fetch(`${app.url}?${new URLSearchParams({ query })}`, {
    headers: EVENT_SOURCE,
    signal: gone.signal,
  })
  let text = ''
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  }
  read().catch(() => undefined)
  await eventually(() => expect(text).toMatch(/^id: .+\n\n/m))
  expect(text).not.toContain('event:')
  gone.abort()
  await app.produce({ topic: fresh, messages: [{ value: { string: 'meanwhile' } }] })
  const id = /^id: (.+)$/m.exec(text)?.[1]
  const { nexts } = await stream(`messages(topic: "${fresh}", to: { latest: true }) { offset }`, id)
  expect(nexts.map(({ data }) => data.data.messages.offset)).toEqual(['0'])
})

test('live changes have no id, and pass over the one that they are sent', async () => {
  const query = 'subscription { clusterHealth { brokerCount } }'
  const gone = new AbortController()
  const response = await fetch(`${app.url}?${new URLSearchParams({ query })}`, {
    headers: { ...EVENT_SOURCE, 'last-event-id': 'of something else' },
    signal: gone.signal,
  })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('event: next')) break
  }
  gone.abort()
  expect(text).not.toMatch(/^id:/m)
  expect(text).toContain('"brokerCount"')
})
