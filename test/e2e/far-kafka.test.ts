import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessagesSubscription } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleConsume } from '../support/console-tools.ts'
import { type FarKafka, farKafka } from '../support/far-kafka.ts'
import { graphqlWs } from '../support/subscribe.ts'

/** More than a read waits at first; logging in takes four of them. */
const ROUND_TRIP_MS = 1200

let kafka: FarKafka
let app: TestApp

beforeAll(async () => {
  kafka = await farKafka(ROUND_TRIP_MS)
  app = await startTestApp(kafka.settings)
}, 120_000)
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const five = (name: string) => Array.from({ length: 5 }, (_, index) => ({ value: { string: `${name}-${index}` } }))
const valuesOf = (events: readonly MessagesSubscription[]) => events.map(({ messages }) => messages.value?.string)

test('at the end of a long line topics are told, messages written, stored ones read and new ones followed', async () => {
  const topic = await app.freshTopic({ numPartitions: 1 })
  const stored = await app.produce({ topic, messages: five('stored') })
  expect(stored.map(({ offset }) => offset)).toEqual(['0', '1', '2', '3', '4'])
  await using client = graphqlWs(app)
  const query = `subscription ($topic: String!) { messages(topic: $topic, from: { earliest: true }) { value { string } } }`
  using reader = client.subscribe<MessagesSubscription>(query, { topic })
  expect(valuesOf(await reader.take(5))).toEqual(five('stored').map(({ value }) => value.string))
  await app.produce({ topic, messages: five('new') })
  expect(valuesOf(await reader.take(5))).toEqual(five('new').map(({ value }) => value.string))
  expect(
    await app.dataOf('query ($name: String!) { topic(name: $name) { partitions { latestOffset } } }', { name: topic }),
  ).toEqual({
    topic: { partitions: [{ latestOffset: '10' }] },
  })
  expect(await consoleConsume(kafka.near, topic, { maxMessages: 10 })).toHaveLength(10)
}, 120_000)
