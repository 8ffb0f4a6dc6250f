import { type Admin, CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  MessageStreamDocument,
  type MessageStreamInput,
  type MessageStreamSubscription,
  MessagesDocument,
} from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { placesOf, valuesOf } from './message-documents.ts'

let app: TestApp
/** Somebody else who changes the cluster: the program is not told. */
let kafka: Kafka
let admin: Admin
let client: ReturnType<typeof graphqlWs>

beforeAll(async () => {
  app = await startTestApp()
  client = graphqlWs(app)
  kafka = new Kafka({ brokers: app.kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  admin = kafka.admin()
  await admin.connect()
})
afterAll(async () => {
  await admin.disconnect()
  await client[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

const produce = (topic: string, name: string, count: number, partition = 0) =>
  app.produce({
    topic,
    messages: Array.from({ length: count }, (_, index) => ({ partition, value: { string: `${name}-${index}` } })),
  })

/** Whoever produces while a topic is being recreated may be refused, with an error that says to try again. */
const produceToNew = (topic: string) => eventually(() => produce(topic, 'new', 2))

const deleteRecords = async (topic: string, before: number) => {
  await admin.fetchTopicOffsets(topic)
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] })
}

const recreate = async (topic: string) => {
  await admin.deleteTopics({ topics: [topic] })
  // Deletion is known to all parts of a broker a moment later.
  await expect
    .poll(() => admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true }).catch(() => false))
    .toBe(true)
}

type Event = MessageStreamSubscription['messageStream']
const stream = (by: Pick<typeof client, 'subscribe'>, topic: string, more: Partial<MessageStreamInput> = {}) =>
  by.subscribe(MessageStreamDocument, { input: { topics: [topic], ...more } })
const isGap = ({ messageStream }: MessageStreamSubscription) => messageStream.__typename === 'StreamGap'
const isCaughtUp = ({ messageStream }: MessageStreamSubscription) => messageStream.__typename === 'CaughtUp'
const offsetsOf = (events: readonly { readonly messageStream: Event }[]) =>
  events.flatMap(({ messageStream: event }) =>
    event.__typename === 'MessageBatch' ? event.messages.map(({ offset }) => offset) : [],
  )

describe('offsets that Kafka deleted', () => {
  test('before the subscription: messages fails with the way on, messageStream tells the gap', async () => {
    const topic = await app.freshTopic()
    const written = await produce(topic, 'v', 10)
    await deleteRecords(topic, 6)
    const expected = { earliestOffset: '6', latestOffset: '10' }
    for (const position of [{ from: { offset: '2' } }, { from: { earliest: true }, after: written[1]?.cursor }]) {
      using messages = client.subscribe(MessagesDocument, { topic, ...position })
      const { extensions } = await messages.failure()
      expect(extensions).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', partition: 0, fromOffset: '2', ...expected })
      using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
      expect(valuesOf(await resumed.take(4))).toEqual(['v-6', 'v-7', 'v-8', 'v-9'])
      using events = stream(client, topic, position)
      const [gap, ...rest] = (await events.until(isCaughtUp)).map(event => event)
      expect(gap?.messageStream).toMatchObject({
        __typename: 'StreamGap',
        fromOffset: '2',
        toOffset: '6',
        reason: 'RETENTION',
        partition: { partition: 0 },
      })
      expect(offsetsOf(rest)).toEqual(['6', '7', '8', '9'])
    }
  })

  test('while a reader is paused behind them', async () => {
    const topic = await app.freshTopic()
    const messages = Array.from({ length: 20 }, () => ({ value: { string: 'x'.repeat(50_000) } }))
    for (let round = 0; round < 40; round++) await app.produce({ topic, messages })
    await using slow = graphqlWs(app)
    using single = slow.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    using events = stream(slow, topic, { from: { earliest: true } })
    await Promise.all([single.next(), events.next()])
    slow.pause()
    await deleteRecords(topic, 790)
    slow.resume()
    const { extensions } = await single.failure()
    const next = single.all.length
    expect(next).toBeLessThan(790)
    expect(extensions).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', fromOffset: String(next), earliestOffset: '790' })
    const { messageStream: gap } = (await events.until(isGap)).at(-1) ?? {}
    const read = offsetsOf(events.all.slice(0, events.all.findIndex(isGap)))
    expect(gap).toMatchObject({ fromOffset: String(read.length), toOffset: '790', reason: 'RETENTION' })
    expect(offsetsOf(await events.until(isCaughtUp))).toEqual(Array.from({ length: 10 }, (_, i) => String(790 + i)))
  })
})

test('positions beyond the log are refused, with what is there', async () => {
  const topic = await app.freshTopic()
  await produce(topic, 'v', 3)
  const expected = { code: 'OFFSET_OUT_OF_RANGE', earliestOffset: '0', latestOffset: '3' }
  for (const offset of ['4', '9007199254740993', '-1']) {
    using messages = client.subscribe(MessagesDocument, { topic, from: { offset } })
    expect((await messages.failure()).extensions).toMatchObject({ ...expected, fromOffset: offset })
    using events = stream(client, topic, { from: { offset } })
    expect((await events.failure()).extensions).toMatchObject({ ...expected, fromOffset: offset })
  }
})

test('a topic that is deleted while it is read ends its streams with TOPIC_DELETED', async () => {
  const topic = await app.freshTopic()
  await using sse = graphqlSse(app)
  const readers = [client, sse].flatMap(by => [by.subscribe(MessagesDocument, { topic }), stream(by, topic)])
  await app.untilStreams(4)
  await admin.deleteTopics({ topics: [topic] })
  for (const reader of readers) expect((await reader.failure()).extensions).toMatchObject({ code: 'TOPIC_DELETED' })
  await app.untilStreams(0)
  using late = client.subscribe(MessagesDocument, { topic })
  expect((await late.failure()).extensions).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test('a topic that is recreated while it is read ends its streams with TOPIC_RECREATED and the way into the new one', async () => {
  const topic = await app.freshTopic()
  await produce(topic, 'old', 5)
  using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  using events = stream(client, topic, { from: { earliest: true } })
  await Promise.all([messages.take(5), events.until(isCaughtUp)])
  await recreate(topic)
  const { extensions } = await messages.failure()
  expect(extensions).toMatchObject({ code: 'TOPIC_RECREATED' })
  const failure = await events.failure()
  expect(failure.extensions).toMatchObject({ code: 'TOPIC_RECREATED' })
  expect(events.all.find(isGap)?.messageStream).toMatchObject({
    reason: 'TOPIC_RECREATED',
    fromOffset: '5',
    toOffset: '0',
  })
  await produceToNew(topic)
  using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
  expect(valuesOf(await resumed.take(2))).toEqual(['new-0', 'new-1'])
  using streamed = stream(client, topic, { after: String(failure.extensions?.cursor) })
  expect(offsetsOf(await streamed.until(isCaughtUp))).toEqual(['0', '1'])
})

test('a cursor of a topic that was recreated since is refused with TOPIC_RECREATED, never read as the new one', async () => {
  const topic = await app.freshTopic()
  const after = (await produce(topic, 'old', 5)).at(-1)?.cursor
  await recreate(topic)
  await produceToNew(topic)
  for (const reader of [client.subscribe(MessagesDocument, { topic, after }), stream(client, topic, { after })]) {
    const { extensions } = await reader.failure()
    expect(extensions).toMatchObject({ code: 'TOPIC_RECREATED' })
    using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
    expect(valuesOf(await resumed.take(2))).toEqual(['new-0', 'new-1'])
  }
})

test('a partition that is added while its topic is read is delivered from offset 0', async () => {
  const topic = await app.freshTopic()
  using messages = client.subscribe(MessagesDocument, { topic })
  using events = stream(client, topic)
  await events.until(isCaughtUp)
  await app.untilStreams(2)
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] })
  await produceTo1(topic)
  expect(placesOf(await messages.take(3))).toEqual(['1@0', '1@1', '1@2'])
  const isLast = ({ messageStream }: MessageStreamSubscription) =>
    messageStream.__typename === 'MessageBatch' && messageStream.messages.some(({ offset }) => offset === '2')
  expect(offsetsOf(await events.until(isLast))).toEqual(['0', '1', '2'])
})

const produceTo1 = async (topic: string) => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages: ['a', 'b', 'c'].map(value => ({ value, partition: 1 })) })
  await producer.disconnect()
}

test('a batch beyond the limit of decompression is told, and what stands behind it is delivered', async () => {
  const topic = await app.freshTopic()
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages: [{ value: 'before' }] })
  const value = Buffer.alloc(1 << 20)
  const bomb = Array.from({ length: 70 }, () => ({ value }))
  await producer.send({ topic, compression: CompressionTypes.GZIP, messages: bomb })
  await producer.send({ topic, messages: [{ value: 'behind' }] })
  await producer.disconnect()
  using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
  const { extensions } = await messages.failure()
  expect(valuesOf(messages.all)).toEqual(['before'])
  expect(extensions).toMatchObject({ code: 'DECODE_LIMIT', partition: 0, fromOffset: '1', toOffset: '71' })
  using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
  expect(valuesOf(await resumed.take(1))).toEqual(['behind'])
  using events = stream(client, topic, { from: { earliest: true } })
  const seen = await events.until(isCaughtUp)
  const gap = seen.find(isGap)?.messageStream
  expect(gap).toMatchObject({ reason: 'DECODE_LIMIT', fromOffset: '1', toOffset: '71' })
  expect(offsetsOf(seen)).toEqual(['0', '71'])
})
