import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompressionType } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleConsume, consoleProduce } from '../support/console-tools.ts'
import { freshTopicName } from '../support/kafka.ts'
import { type SubscribingClient, transports } from '../support/subscribe.ts'
import { FULL_MESSAGES, type FullMessages, valuesOf } from './message-documents.ts'

const CODECS: readonly CompressionType[] = ['NONE', 'GZIP', 'SNAPPY', 'LZ4', 'ZSTD']
const codecsOfTools = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

let app: TestApp
/** One message of the API and one of Kafka's console producer in each codec. */
let mixed: string
/** Committed, aborted, committed. */
let transactional: string

const produceTransactions = async () => {
  const kafka = new Kafka({ brokers: app.kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({
    transactionalId: freshTopicName('transactions'),
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  for (const [values, end] of [
    [['kept-1', 'kept-2'], 'commit'],
    [['undone-1', 'undone-2'], 'abort'],
    [['kept-3'], 'commit'],
  ] as const) {
    const transaction = await producer.transaction()
    await transaction.send({ topic: transactional, messages: values.map(value => ({ value })) })
    await transaction[end]()
  }
  await producer.disconnect()
}

beforeAll(async () => {
  app = await startTestApp()
  mixed = await app.freshTopic()
  for (const compressionType of CODECS) {
    const value = { string: `api ${compressionType} ${'ä'.repeat(300)}` }
    await app.produce({ topic: mixed, compressionType, messages: [{ value }] })
  }
  for (const compression of codecsOfTools) {
    const lines = [`kafka ${compression} ${'ö'.repeat(300)}`]
    await consoleProduce(app.kafka, mixed, lines, { compression })
  }
  transactional = await app.freshTopic()
  await produceTransactions()
})
afterAll(() => app[Symbol.asyncDispose]())

test("all codecs in one topic are read as Kafka's console consumer reads them", async () => {
  const printed = await consoleConsume(app.kafka, mixed, { maxMessages: 10 })
  for (const [, open] of transports) {
    await using client = open(app)
    const events = await everything(client, mixed)
    expect(valuesOf(events)).toEqual(printed.map(({ value }) => value))
    const codecs = events.map(({ messages }) => messages.compressionType)
    expect(codecs).toEqual([...CODECS, ...CODECS])
  }
})

test("transactions are read as Kafka's console consumer reads them, at both levels of isolation", async () => {
  const isolated = { 'isolation.level': 'read_committed' }
  const [committed, uncommitted] = await Promise.all([
    consoleConsume(app.kafka, transactional, { maxMessages: 3, properties: isolated }),
    consoleConsume(app.kafka, transactional, { maxMessages: 5 }),
  ])
  for (const [, open] of transports) {
    await using client = open(app)
    const readCommitted = await everything(client, transactional)
    expect(valuesOf(readCommitted)).toEqual(['kept-1', 'kept-2', 'kept-3'])
    expect(valuesOf(readCommitted)).toEqual(committed.map(({ value }) => value))
    expect(readCommitted.every(({ messages }) => messages.isTransactional)).toBe(true)
    const readUncommitted = await everything(client, transactional, { isolationLevel: 'READ_UNCOMMITTED' })
    expect(readUncommitted.map(({ messages }) => [messages.offset, messages.value?.string])).toEqual(
      uncommitted.map(({ offset, value }) => [String(offset), value]),
    )
  }
})

const everything = async (client: SubscribingClient, topic: string, more: Readonly<Record<string, unknown>> = {}) => {
  const variables = { topic, from: { earliest: true }, to: { latest: true }, ...more }
  using reader = client.subscribe<FullMessages>(FULL_MESSAGES, variables)
  return await reader.rest()
}

describe.each(transports)('over %s', (_, open) => {
  let client: SubscribingClient
  beforeAll(() => {
    client = open(app)
  })
  afterAll(() => client[Symbol.asyncDispose]())

  test('headers keep their order and duplicates; tombstones, empty and non-UTF-8 bytes are told apart', async () => {
    const topic = await app.freshTopic()
    const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x80]).toString('base64')
    await app.produce({
      topic,
      messages: [
        { key: { string: 'k' } },
        { key: { string: '' }, value: { string: '' } },
        { key: { base64: bytes }, value: { base64: bytes } },
        {
          value: { string: 'null' },
          headers: [
            { key: 'b', value: { string: '1' } },
            { key: 'a', value: { base64: bytes } },
            { key: 'b', value: { string: '2' } },
            { key: 'b' },
          ],
        },
      ],
    })
    const [tombstone, empty, binary, headed] = (await everything(client, topic)).map(({ messages }) => messages)
    expect(tombstone).toMatchObject({ isTombstone: true, value: null, key: { string: 'k' } })
    expect(empty).toMatchObject({ isTombstone: false, value: { string: '', size: 0 }, key: { string: '', size: 0 } })
    expect(binary?.value).toEqual({
      string: null,
      json: null,
      base64: bytes,
      hex: 'ff00fe80',
      size: 4,
      format: 'BYTES',
    })
    expect(binary?.key).toEqual(binary?.value)
    expect(headed?.value).toMatchObject({ string: 'null', json: null, format: 'JSON' })
    expect(headed?.headers.map(({ key, value }) => [key, value?.string ?? value?.hex])).toEqual([
      ['b', '1'],
      ['a', 'ff00fe80'],
      ['b', '2'],
      ['b', undefined],
    ])
  })

  test('a message of an open transaction waits for its end, and what follows it waits too', async () => {
    const topic = await app.freshTopic()
    const kafka = new Kafka({ brokers: app.kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
    const producer = kafka.producer({
      transactionalId: freshTopicName('open'),
      maxInFlightRequests: 1,
      idempotent: true,
    })
    await producer.connect()
    const variables = { topic, from: { earliest: true } }
    using committed = client.subscribe<FullMessages>(FULL_MESSAGES, variables)
    using uncommitted = client.subscribe<FullMessages>(FULL_MESSAGES, {
      ...variables,
      isolationLevel: 'READ_UNCOMMITTED',
    })
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: [{ value: 'open' }] })
    await app.produce({ topic, messages: [{ value: { string: 'behind it' } }] })
    expect(valuesOf(await uncommitted.take(2))).toEqual(['open', 'behind it'])
    expect(committed.all).toEqual([])
    await transaction.abort()
    expect(valuesOf([await committed.next()])).toEqual(['behind it'])
    await producer.disconnect()
  })
})
