import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleConsume } from '../support/console-tools.ts'
import { freshGroupId } from '../support/groups.ts'
import { type RawRecord, rawBatch } from '../support/raw-batch.ts'
import { produceRaw } from '../support/raw-produce.ts'
import { transports } from '../support/subscribe.ts'
import { FULL_MESSAGES, type FullMessages, valuesOf } from './message-documents.ts'

const ANY_TIME = { name: 'message.timestamp.after.max.ms', value: String(2n ** 63n - 1n) }
const KEPT = { name: 'retention.ms', value: '-1' }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** The broker takes any time, and deletes nothing for being old. */
const topicOfAnyTime = () => app.freshTopic({ numPartitions: 1, configs: [ANY_TIME, KEPT] })

/** One message a batch, at each of these times. */
const writeAt = async (topic: string, times: readonly bigint[]) => {
  for (const time of times)
    await produceRaw(app.kafka, topic, rawBatch([{ offsetDelta: 0, value: String(time) }], time))
}

describe('timestamps', () => {
  const EXACT: readonly (readonly [time: bigint, dateTime: string | null])[] = [
    [1_700_000_000_123n, '2023-11-14T22:13:20.123Z'],
    [-5n, '1969-12-31T23:59:59.995Z'],
    [-62_167_219_200_000n, '0000-01-01T00:00:00.000Z'],
    [-62_167_219_200_001n, null],
    [253_402_300_799_999n, '9999-12-31T23:59:59.999Z'],
    // No calendar of RFC 3339 has these: years 10000 and 58878, one beyond JavaScript's dates, nanoseconds, the last ones.
    [253_402_300_800_000n, null],
    [1_795_838_574_900_000n, null],
    [8_640_000_000_000_001n, null],
    [1_700_000_000_123_456_789n, null],
    [2n ** 63n - 2n, null],
  ]

  test('are exact as `timestampMs`, and null as DateTime where no calendar has them; Kafka’s consumer agrees', async () => {
    const topic = await topicOfAnyTime()
    await writeAt(
      topic,
      EXACT.map(([time]) => time),
    )
    const printed = await consoleConsume(app.kafka, topic, { maxMessages: EXACT.length })
    for (const [, open] of transports) {
      await using client = open(app)
      using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, from: { earliest: true } })
      const messages = (await reader.take(EXACT.length)).map(({ messages: message }) => message)
      expect(messages.map(({ timestampMs }) => timestampMs)).toEqual(printed.map(({ timestamp }) => String(timestamp)))
      expect(messages.map(({ timestampMs, timestamp }) => [BigInt(timestampMs), timestamp])).toEqual(EXACT)
    }
  })

  test('in one batch are exact, too', async () => {
    const topic = await topicOfAnyTime()
    const records = [
      { offsetDelta: 0, value: 'a' },
      { offsetDelta: 1, timestampDelta: 1n, value: 'b' },
      { offsetDelta: 2, timestampDelta: 2n ** 61n + 1n, value: 'c' },
    ]
    await produceRaw(app.kafka, topic, rawBatch(records, 1_700_000_000_123_456_789n))
    const printed = await consoleConsume(app.kafka, topic, { maxMessages: 3 })
    await using client = transports[0][1](app)
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, from: { earliest: true } })
    const times = (await reader.take(3)).map(({ messages }) => BigInt(messages.timestampMs))
    expect(times).toEqual(printed.map(({ timestamp }) => timestamp))
    expect(times[1]).toBe(1_700_000_000_123_456_790n)
  })

  test.each([8_640_000_000_000_001n, 1_795_838_574_900_000n, 2n ** 63n - 2n])(
    'that no calendar has fail no query that answers a DateTime: %i',
    async time => {
      const topic = await topicOfAnyTime()
      await writeAt(topic, [time])
      const query = `query ($topic: String!) { topic(name: $topic) {
        offsetsForTimestamp(timestamp: "2020-01-01T00:00:00Z") { partition offset timestamp }
        partitions { maxTimestampOffset { offset timestamp } offsetForTimestamp(timestamp: "9999-12-31T23:59:59Z") { offset timestamp }
          producers { lastTimestamp } }
      } }`
      const found = { offset: '0', timestamp: null }
      expect(await app.dataOf(query, { topic })).toEqual({
        topic: {
          offsetsForTimestamp: [{ partition: 0, ...found }],
          partitions: [{ maxTimestampOffset: found, offsetForTimestamp: found, producers: [] }],
        },
      })
    },
  )

  test('of the far future are no time lag', async () => {
    const topic = await topicOfAnyTime()
    await writeAt(topic, [2n ** 63n - 2n])
    const groupId = freshGroupId()
    const commit = `mutation ($groupId: String!, $offsets: [GroupOffsetInput!]!) {
      alterConsumerGroupOffsets(groupId: $groupId, offsets: $offsets) { errors { message } } }`
    await app.dataOf(commit, { groupId, offsets: [{ topic, partition: 0, offset: '0' }] })
    const query = `query ($groupId: String!) { consumerGroup(groupId: $groupId) { ... on ConsumerGroup { lag timeLag } } }`
    expect(await app.dataOf(query, { groupId })).toEqual({ consumerGroup: { lag: '1', timeLag: 'PT0S' } })
  })
})

describe('a batch whose records claim offsets out of order', () => {
  const batch = (deltas: readonly number[]) =>
    rawBatch(deltas.map((offsetDelta, place): RawRecord => ({ offsetDelta, value: 'abc'[place] ?? '?' })))

  /** Kafka's consumer delivers `b` under the offset of another message, 7, and loses that one or reads in circles. */
  test('beyond it: what stands before is delivered, the rest is reported, and reading goes on behind it', async () => {
    const topic = await topicOfAnyTime()
    await produceRaw(app.kafka, topic, batch([0, 7, 2]))
    const printed = await consoleConsume(app.kafka, topic, { maxMessages: 2 })
    expect(printed.map(({ offset, value }) => [offset, value])).toEqual([
      [0n, 'a'],
      [7n, 'b'],
    ])
    await app.produce({ topic, messages: [{ value: { string: 'behind' } }] })
    for (const [, open] of transports) {
      await using client = open(app)
      using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
      const events = await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
      expect(events.map(({ messageStream }) => messageStream)).toMatchObject([
        { __typename: 'MessageBatch', messages: [{ offset: '0' }] },
        { __typename: 'StreamGap', reason: 'DECODE_LIMIT', fromOffset: '1', toOffset: '3' },
        { __typename: 'MessageBatch', messages: [{ offset: '3' }] },
        { __typename: 'CaughtUp' },
      ])
      using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
      const { extensions } = await messages.failure()
      expect(valuesOf(messages.all)).toEqual(['a'])
      expect(extensions).toMatchObject({ code: 'CORRUPT_MESSAGE', fromOffset: '1', toOffset: '3' })
    }
  })

  test('not behind the one before: Kafka’s consumer skips that record alone, and so is it here', async () => {
    const topic = await topicOfAnyTime()
    await produceRaw(app.kafka, topic, batch([0, 0, 2]))
    const printed = await consoleConsume(app.kafka, topic, { maxMessages: 2 })
    await using client = transports[0][1](app)
    using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
    const events = await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
    expect(events.map(({ messageStream }) => messageStream)).toMatchObject([
      { __typename: 'MessageBatch', messages: [{ offset: String(printed[0]?.offset) }] },
      { __typename: 'StreamGap', reason: 'DECODE_LIMIT', fromOffset: '1', toOffset: '2' },
      { __typename: 'MessageBatch', messages: [{ offset: String(printed[1]?.offset) }] },
      { __typename: 'CaughtUp' },
    ])
    expect(printed.map(({ value }) => value)).toEqual(['a', 'c'])
  })
})
