import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CreatePartitionsDocument,
  MessageStreamDocument,
  type MessageStreamSubscription,
  MessagesDocument,
  type MessagesSubscription,
} from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { placesOf, valuesOf } from './message-documents.ts'
import { produceSteadily, readSteadily } from './steady-traffic.ts'

let app: TestApp
let other: TestApp

beforeAll(async () => {
  ;[app, other] = await Promise.all([startTestApp(), startTestApp()])
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

test('a stock graphql-ws client that sets `variables.after` survives three killed sockets without a gap or a duplicate', async () => {
  const topic = await app.freshTopic({ numPartitions: 3 })
  const { read, failures, cut, opened, leave } = readSteadily(app, topic)
  const producing = produceSteadily(app, topic)
  for (let kill = 1; kill <= 3; kill++) {
    const before = read.length
    await eventually(() => expect(read.length).toBeGreaterThan(before + 20))
    cut()
    await eventually(() => expect(opened()).toBe(kill + 1))
  }
  await eventually(() => expect(producing.told.length).toBeGreaterThan(150))
  const told = await producing.stop()
  await eventually(() => expect(read.length).toBeGreaterThanOrEqual(told.length))
  expect(judge(told, read)).toEqual(ALL_KEPT)
  expect(failures).toEqual([])
  await leave()
})

/** Reads on `by` from where `after` is to the end of the log. */
const restAfter = async (by: TestApp, topic: string, after: string | null | undefined) => {
  await using client = graphqlSse(by)
  const query = `subscription ($topic: String!, $after: Cursor) {
    messages(topic: $topic, after: $after, to: { latest: true }) { partition offset value { string } }
  }`
  using reader = client.subscribe<MessagesSubscription>(query, { topic, after })
  return await reader.rest()
}

const ten = (topic: string, name: string) => ({
  topic,
  messages: Array.from({ length: 10 }, (_, index) => ({ partition: index % 2, value: { string: `${name}-${index}` } })),
})

test('every cursor goes on exactly behind its message, on another instance too', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  await app.produce(ten(topic, 'a'))
  await using client = graphqlWs(app)
  using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  const events = await reader.take(10)
  for (const [index, { messages }] of events.entries()) {
    const rest = await restAfter(other, topic, messages.cursor)
    expect(placesOf(rest).sort()).toEqual(placesOf(events.slice(index + 1)).sort())
  }
})

test('a cursor outlives its instance: another one that starts later goes on', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  await app.produce(ten(topic, 'before'))
  let after: string | undefined
  {
    await using first = await startTestApp()
    await using client = graphqlWs(first)
    using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    after = (await reader.take(10)).at(-1)?.messages.cursor
  }
  const written = await app.produce(ten(topic, 'away'))
  await using second = await startTestApp()
  const rest = await restAfter(second, topic, after)
  expect(placesOf(rest).sort()).toEqual(written.map(({ partition, offset }) => `${partition}@${offset}`).sort())
})

test('the cursor of a produced message goes on right behind it', async () => {
  const topic = await app.freshTopic()
  const messages = [0, 1, 2, 3].map(index => ({ value: { string: `v-${index}` } }))
  const written = await app.produce({ topic, messages })
  expect(valuesOf(await restAfter(app, topic, written[1]?.cursor))).toEqual(['v-2', 'v-3'])
  expect(valuesOf(await restAfter(other, topic, written[3]?.cursor))).toEqual([])
})

const streamed = (events: readonly MessageStreamSubscription[]) =>
  events.flatMap(({ messageStream }) =>
    messageStream.__typename === 'MessageBatch'
      ? messageStream.messages.map(one => `${one.partition}@${one.offset}`)
      : [],
  )

test('cursors of messages and of messageStream are the same thing', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  await app.produce(ten(topic, 'x'))
  await using client = graphqlWs(app)
  using one = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  const single = await one.take(10)
  const isCaughtUp = ({ messageStream }: MessageStreamSubscription) => messageStream.__typename === 'CaughtUp'
  using resumed = client.subscribe(MessageStreamDocument, {
    input: { topics: [topic], after: single[3]?.messages.cursor },
  })
  expect(streamed(await resumed.until(isCaughtUp)).sort()).toEqual(placesOf(single.slice(4)).sort())
  const batch = { maxMessages: 4 }
  using stream = client.subscribe(MessageStreamDocument, {
    input: { topics: [topic], from: { earliest: true }, batch },
  })
  const events = await stream.until(isCaughtUp)
  for (const [index, { messageStream }] of events.entries()) {
    const rest = await restAfter(other, topic, messageStream.cursor)
    expect(placesOf(rest).sort()).toEqual(streamed(events.slice(index + 1)).sort())
  }
})

test('a partition that was added in between is read from its first message', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  const written = await app.produce(ten(topic, 'old'))
  await using client = graphqlWs(app)
  using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  const after = (await reader.take(10)).at(-1)?.messages.cursor
  await app.dataOf(CreatePartitionsDocument, { topic, totalCount: 3 })
  const values = ['new-0', 'new-1']
  await app.produce({ topic, messages: values.map(value => ({ partition: 2, value: { string: value } })) })
  expect(valuesOf(await restAfter(other, topic, after))).toEqual(values)
  const afterProduced = await restAfter(other, topic, written.at(-1)?.cursor)
  expect(placesOf(afterProduced).filter(place => place.startsWith('2'))).toEqual(['2@0', '2@1'])
})

test('a stock graphql-ws client that sets `variables.after` survives a restart of the server', async () => {
  const topic = await app.freshTopic({ numPartitions: 3 })
  const PORT = String(await freePort())
  let server = await startTestApp({ PORT })
  const reading = readSteadily(server, topic)
  const producing = produceSteadily(app, topic)
  await eventually(() => expect(reading.read.length).toBeGreaterThan(20))
  await server[Symbol.asyncDispose]()
  server = await startTestApp({ PORT })
  await eventually(() => expect(reading.opened()).toBeGreaterThan(1))
  const told = await producing.stop()
  await eventually(() => expect([reading.failures, reading.read.length >= told.length]).toEqual([[], true]))
  expect(reading.failures).toEqual([])
  expect(judge(told, reading.read)).toEqual(ALL_KEPT)
  await reading.leave()
  await server[Symbol.asyncDispose]()
})
