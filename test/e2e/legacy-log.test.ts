import { readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleConsume, getOffsets } from '../support/console-tools.ts'
import { freshGroupId } from '../support/groups.ts'
import { gzipWrapper, type LegacyMessage, legacyMessage } from '../support/legacy-log.ts'
import { OLDEST_KAFKA, ownKafka } from '../support/local-kafka.ts'
import { transports } from '../support/subscribe.ts'
import { FULL_MESSAGES, type FullMessages } from './message-documents.ts'

const START = 1_500_000_000_000
const LOG_APPEND_TIME = 0x08

/** `count` messages of a format, a second apart; their offsets count from `storedFrom`. */
const messages = (magic: 0 | 1, first: number, count: number, storedFrom = first): LegacyMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    offset: storedFrom + index,
    magic,
    timestamp: START + 1000 * (first + index),
    key: `k${first + index}`,
    value: `v${first + index}`,
  }))

const log = (...all: readonly LegacyMessage[]): Buffer => Buffer.concat(all.map(legacyMessage))

/** A wrapper of format v1, as its producer or its broker dated it. */
const wrapped = (first: number, count: number, attributes = 0) => {
  const last = first + count - 1
  const wrapper = { offset: last, magic: 1, timestamp: START + 1000 * last, attributes } as const
  return gzipWrapper(wrapper, messages(1, first, count, 0))
}

const odd: readonly LegacyMessage[] = [
  { offset: 0, magic: 1, timestamp: START, key: null, value: 'no key' },
  { offset: 1, magic: 1, timestamp: START, key: 'tombstone', value: null },
  { offset: 2, magic: 0, key: '', value: '' },
  { offset: 5, magic: 1, timestamp: START + 5, key: 'after', value: 'a hole' },
]

/** Segments by what is in them, with how many messages. */
const CASES: readonly (readonly [name: string, segment: Buffer, count: number])[] = [
  ['v0', log(...messages(0, 0, 5)), 5],
  ['v1', log(...messages(1, 0, 5)), 5],
  ['v0 wrapped', gzipWrapper({ offset: 4, magic: 0 }, messages(0, 0, 5)), 5],
  ['v1 wrapped', Buffer.concat([wrapped(0, 5), wrapped(5, 3)]), 8],
  ['v1 wrapped, dated by the broker', wrapped(0, 5, LOG_APPEND_TIME), 5],
  ['null keys, tombstones and holes', log(...odd), 4],
  ['all of them', Buffer.concat([log(...messages(0, 0, 2), ...messages(1, 2, 2)), wrapped(4, 3)]), 7],
]

const topicOf = (name: string): string => `legacy-${name.replace(/\W+/g, '-')}`

/** Puts a segment in place of a topic's log; the broker is stopped. */
const replaceLog = async (kafka: LocalKafka, topic: string, segment: Buffer): Promise<void> => {
  const files = await readdir(kafka.dir, { recursive: true })
  const found = files.filter(file => dirname(file).endsWith(`${topic}-0`) && /[/\\]0{4}[^/\\]*$/.test(file))
  const [first] = found
  if (first === undefined) throw new Error(`no log of ${topic}`)
  for (const file of found) await rm(join(kafka.dir, file))
  await writeFile(join(kafka.dir, dirname(first), `${'0'.repeat(20)}.log`), segment)
}

describe.each([
  ['the newest Kafka', undefined, CASES],
  ['the oldest Kafka', OLDEST_KAFKA, CASES.slice(-1)],
] as const)('messages of formats v0 and v1 in %s', (_, version, cases) => {
  let kafka: LocalKafka
  let app: TestApp

  beforeAll(async () => {
    kafka = await ownKafka({ nodes: 1, ...(version === undefined ? {} : { version }) })
    app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
    const configs = [{ name: 'retention.ms', value: '-1' }]
    const topics = CASES.map(([name]) => ({ name: topicOf(name), numPartitions: 1, configs }))
    const create = 'mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { errors { message } } }'
    expect(await app.dataOf(create, { topics })).toEqual({ createTopics: { errors: [] } })
    await kafka.stopNode(1)
    for (const [name, segment] of CASES) await replaceLog(kafka, topicOf(name), segment)
    await kafka.startNode(1)
    // Behind each stands a message of today.
    for (const [name] of CASES) await app.produce({ topic: topicOf(name), messages: [{ value: { string: 'new' } }] })
  }, 180_000)
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    await kafka?.[Symbol.asyncDispose]()
  })

  test.each(cases)(
    'are what Kafka’s console consumer reads: %s',
    async (name, _segment, count) => {
      const topic = topicOf(name)
      const printed = await consoleConsume(kafka, topic, { maxMessages: count + 1 })
      for (const [, open] of transports) {
        await using client = open(app)
        using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, from: { earliest: true } })
        const found = (await reader.take(count + 1)).map(event => event.messages)
        const seen = found.map(({ offset, partition, timestampMs, key, value }) => ({
          offset: BigInt(offset),
          partition,
          timestamp: BigInt(timestampMs),
          headers: null,
          key: key?.string ?? null,
          value: value?.string ?? null,
        }))
        expect(seen).toEqual(printed)
        // A reader may begin anywhere, in the middle of a wrapper, too.
        for (const [index, { offset, cursor }] of found.entries()) {
          using middle = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, from: { offset } })
          expect((await middle.take(1))[0]?.messages.offset).toBe(offset)
          if (index === count) continue
          using resumed = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, after: cursor })
          expect((await resumed.take(1))[0]?.messages.offset).toBe(found[index + 1]?.offset)
        }
      }
    },
    180_000,
  )

  test.each(['v0', 'v1', 'v1 wrapped'])('have the offset by time that Kafka’s tool tells: %s', async name => {
    const topic = topicOf(name)
    const time = START + 2000
    const query = `query ($topic: String!, $time: DateTime!) {
      topic(name: $topic) { offsetsForTimestamp(timestamp: $time) { offset } } }`
    const told = await app.dataOf(query, { topic, time: new Date(time).toISOString() })
    const offset = String((await getOffsets(kafka, topic, time)).get(0))
    expect(told).toEqual({ topic: { offsetsForTimestamp: [{ offset }] } })
  })

  test('tell how far a group is behind in time where they have timestamps', async () => {
    const commit = `mutation ($groupId: String!, $offsets: [GroupOffsetInput!]!) {
      alterConsumerGroupOffsets(groupId: $groupId, offsets: $offsets) { errors { message } } }`
    const lagOf = `query ($groupId: String!) { consumerGroup(groupId: $groupId) { ... on ConsumerGroup { lag timeLag } } }`
    const timeLag = async (name: string) => {
      const groupId = freshGroupId()
      await app.dataOf(commit, { groupId, offsets: [{ topic: topicOf(name), partition: 0, offset: '2' }] })
      type Answer = { readonly consumerGroup: { readonly lag: string; readonly timeLag: string | null } }
      return (await app.dataOf<Answer>(lagOf, { groupId })).consumerGroup.timeLag
    }
    const since = (Date.now() - START) / 1000
    for (const name of ['v1', 'v1 wrapped']) {
      const seconds = Number((await timeLag(name))?.slice(2, -1))
      expect(Math.abs(seconds - (since - 2))).toBeLessThan(600)
    }
    expect(await timeLag('v0')).toBeNull()
  })

  test('have a timestamp type only if they have a timestamp', async () => {
    await using client = transports[0][1](app)
    const typesOf = async (name: string) => {
      using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic: topicOf(name), from: { earliest: true } })
      const [first] = await reader.take(1)
      return [first?.messages.timestampType, first?.messages.compressionType, first?.messages.timestamp]
    }
    expect(await typesOf('v0')).toEqual(['NO_TIMESTAMP_TYPE', 'NONE', null])
    expect(await typesOf('v1 wrapped')).toEqual(['CREATE_TIME', 'GZIP', new Date(START).toISOString()])
    const appended = new Date(START + 4000).toISOString()
    expect(await typesOf('v1 wrapped, dated by the broker')).toEqual(['LOG_APPEND_TIME', 'GZIP', appended])
  })
})
