import { afterAll, beforeAll, expect, test } from 'vitest'
import { MessageStreamDocument, MessagesDocument, type MessagesSubscription } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { graphqlWs } from '../support/subscribe.ts'

let app: TestApp
let topic: string
const MESSAGES = 800

// 40 MB: more than the sockets of an operating system hold.
beforeAll(async () => {
  app = await startTestApp({ SLOW_SUBSCRIBER_MS: '1000' })
  topic = await app.freshTopic()
  const messages = Array.from({ length: 20 }, () => ({ value: { string: 'x'.repeat(50_000) } }))
  for (let count = 0; count < MESSAGES; count += messages.length) await app.produce({ topic, messages })
})
afterAll(() => app[Symbol.asyncDispose]())

const offsetsOf = (events: readonly MessagesSubscription[]) => events.map(({ messages }) => Number(messages.offset))
const from = (first: number) => Array.from({ length: MESSAGES - first }, (_, index) => first + index)

test('a client that is paused for good is told so, and its cursor goes on where it was', async () => {
  await using slow = graphqlWs(app)
  using single = slow.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  await single.next()
  slow.pause()
  await app.untilStreams(0)
  slow.resume()
  const { extensions } = await single.failure()
  expect(extensions).toMatchObject({ code: 'SUBSCRIBER_TOO_SLOW', cursor: expect.any(String) })
  const got = offsetsOf(single.all)
  expect(got.length).toBeLessThan(MESSAGES)
  await using back = graphqlWs(app)
  using resumed = back.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
  expect([...got, ...offsetsOf(await resumed.take(MESSAGES - got.length))]).toEqual(from(0))
})

test('a client that pauses for a while misses nothing, and holds up nobody else', async () => {
  await using patient = await startTestApp()
  await using slow = graphqlWs(patient)
  await using quick = graphqlWs(patient)
  using paused = slow.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  await paused.next()
  slow.pause()
  using other = quick.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  using batches = quick.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
  expect(offsetsOf(await other.take(100))).toEqual(from(0).slice(0, 100))
  await batches.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
  slow.resume()
  expect(offsetsOf(await paused.take(MESSAGES - 1))).toEqual(from(1))
})
