import { afterAll, beforeAll, expect, test } from 'vitest'
import { CreateTopicsDocument, MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp } from '../support/app.ts'
import { type NarrowedKafka, narrowedKafka } from '../support/narrowed-kafka.ts'
import { transports } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

const FETCH = 1
const LIST_OFFSETS = 2

let kafka: NarrowedKafka

beforeAll(async () => {
  kafka = await narrowedKafka()
}, 120_000)
afterAll(() => kafka?.[Symbol.asyncDispose]())

const appBehind = (limits: Readonly<Record<number, number | null>>) => {
  kafka.limit(limits)
  return startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
}

const three = (name: string) => [1, 2, 3].map(count => ({ value: { string: `${name} ${count}` } }))

test.each([12, 11, 10, 9, 8, 7, 6, 5])(
  'with Fetch up to version %i stored messages are delivered, and new ones',
  async version => {
    await using app = await appBehind({ [FETCH]: version })
    const topic = await app.freshTopic({ numPartitions: 2 })
    await app.produce({ topic, messages: three('stored') })
    await app.produce({ topic, messages: three('kept'), transactional: true })
    for (const [, open] of transports) {
      await using client = open(app)
      using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
      const stored = valuesOf(await reader.take(6)).toSorted()
      expect(stored).toEqual(['kept 1', 'kept 2', 'kept 3', 'stored 1', 'stored 2', 'stored 3'])
      await app.produce({ topic, messages: three('new') })
      expect(valuesOf(await reader.take(3)).toSorted()).toEqual(['new 1', 'new 2', 'new 3'])
      using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
      await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
      await app.dataOf('mutation ($t: String!) { truncateTopic(topic: $t) { errors { message } } }', { t: topic })
      await app.produce({ topic, messages: three('stored') })
      await app.produce({ topic, messages: three('kept'), transactional: true })
    }
    expect(kafka.refused.filter(one => one.startsWith(`${FETCH}/`))).toEqual([])
  },
)

test.each([12, 9])(
  'with Fetch up to version %i, which asks by name, a topic created anew is told, and none of its messages delivered',
  async version => {
    await using app = await appBehind({ [FETCH]: version })
    await using near = await startTestApp({ KAFKA_BROKERS: kafka.near.bootstrapServers })
    const topic = await near.freshTopic({ numPartitions: 1 })
    await near.produce({ topic, messages: three('old') })
    await using client = transports[0][1](app)
    using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    expect(valuesOf(await reader.take(3))).toEqual(['old 1', 'old 2', 'old 3'])
    await near.dataOf('mutation ($t: [String!]!) { deleteTopics(topics: $t) { errors { message } } }', { t: [topic] })
    await near.dataOf(CreateTopicsDocument, { topics: [{ name: topic, numPartitions: 1 }] })
    await near.produce({ topic, messages: [...three('new'), ...three('newer')] })
    const { extensions } = await reader.failure()
    expect(extensions).toMatchObject({ code: expect.stringMatching(/^TOPIC_(DELETED|RECREATED)$/) })
    expect(valuesOf(reader.all)).toEqual(['old 1', 'old 2', 'old 3'])
  },
)

test.each([
  ['no Fetch at all', FETCH, null],
  ['Fetch up to version 4', FETCH, 4],
  ['no ListOffsets', LIST_OFFSETS, null],
] as const)('with %s a subscription is told UNSUPPORTED_VERSION at once', async (_, key, version) => {
  await using app = await appBehind({})
  const topic = await app.freshTopic({ numPartitions: 1 })
  await app.produce({ topic, messages: three('stored') })
  await using narrow = await appBehind({ [key]: version })
  for (const [, open] of transports) {
    await using client = open(narrow)
    using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    expect(await reader.failure()).toMatchObject({
      message: expect.stringContaining('does not support'),
      extensions: { code: 'UNSUPPORTED_VERSION', retriable: false },
    })
    using follower = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { latest: true } } })
    expect((await follower.failure()).extensions).toMatchObject({ code: 'UNSUPPORTED_VERSION' })
  }
})

test('a live subscription whose broker comes to lack Fetch ends with UNSUPPORTED_VERSION and a cursor', async () => {
  await using app = await appBehind({})
  const topic = await app.freshTopic({ numPartitions: 1 })
  await app.produce({ topic, messages: three('stored') })
  await using client = transports[0][1](app)
  using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  await reader.take(3)
  kafka.limit({ [FETCH]: null })
  const { extensions } = await reader.failure()
  expect(extensions).toMatchObject({ code: 'UNSUPPORTED_VERSION', cursor: expect.any(String) })
  kafka.limit({ [FETCH]: 12 })
  await app.produce({ topic, messages: three('behind') })
  using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
  expect(valuesOf(await resumed.take(3))).toEqual(['behind 1', 'behind 2', 'behind 3'])
})
