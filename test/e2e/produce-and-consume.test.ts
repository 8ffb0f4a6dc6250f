import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MessagesDocument, ProduceDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleConsume, consoleProduce, getOffsets } from '../support/console-tools.ts'
import { graphqlWs } from '../support/subscribe.ts'
import { FULL_MESSAGES, type FullMessages } from './message-documents.ts'

let app: TestApp
let client: ReturnType<typeof graphqlWs>

beforeAll(async () => {
  app = await startTestApp()
  client = graphqlWs(app)
})
afterAll(async () => {
  await client[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

const FROM_THE_BEGINNING = { from: { earliest: true }, to: { latest: true } }

describe('produce', () => {
  test('is what kafka-console-consumer --from-beginning prints: keys, values, headers, timestamps, partitions', async () => {
    const topic = await app.freshTopic({ numPartitions: 2 })
    const timestamp = '2024-02-29T12:34:56.789Z'
    const base64 = Buffer.from('from base64').toString('base64')
    const written = await app.produce({
      topic,
      messages: [
        { partition: 0, key: { string: 'k' }, value: { string: 'grüße' }, timestamp },
        { partition: 0, key: { json: { id: 7 } }, value: { json: { item: 'tea', price: 2.5 } } },
        { partition: 1, value: { base64 } },
        { partition: 1, key: { string: 'gone' } },
        {
          partition: 1,
          value: { string: 'with headers' },
          headers: [
            { key: 'trace', value: { string: 'a' } },
            { key: 'trace', value: { string: 'b' } },
            { key: 'none' },
          ],
        },
      ],
    })
    expect(written.map(({ partition, offset }) => `${partition}@${offset}`)).toEqual([
      '0@0',
      '0@1',
      '1@0',
      '1@1',
      '1@2',
    ])
    expect(written[0]?.timestamp).toBe(timestamp)
    const printed = await consoleConsume(app.kafka, topic, { maxMessages: 5 })
    const inOrder = [...printed].sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset))
    expect(inOrder.map(({ key, value, headers }) => [key, value, headers])).toEqual([
      ['k', 'grüße', null],
      ['{"id":7}', '{"item":"tea","price":2.5}', null],
      [null, 'from base64', null],
      ['gone', null, null],
      [null, 'with headers', 'trace:a,trace:b,none:<null>'],
    ])
    expect(inOrder.map(message => new Date(Number(message.timestamp)).toISOString())).toEqual(
      written.map(result => result.timestamp),
    )
    expect(inOrder.map(({ partition, offset }) => `${partition}@${offset}`)).toEqual(
      written.map(result => `${result.partition}@${result.offset}`),
    )
  })

  test("puts a key where Kafka's own producer puts it", async () => {
    const topic = await app.freshTopic({ numPartitions: 7 })
    const keys = Array.from({ length: 40 }, (_, index) => `schlüssel-${index * 37}`)
    const lines = keys.map(key => `${key}\tby kafka`)
    await consoleProduce(app.kafka, topic, lines, { withKey: true })
    await app.produce({ topic, messages: keys.map(key => ({ key: { string: key }, value: { string: 'by us' } })) })
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, ...FROM_THE_BEGINNING })
    const places = new Map<string, Set<number>>()
    const events = await reader.rest()
    for (const { messages } of events) {
      const key = messages.key?.string ?? ''
      places.set(key, (places.get(key) ?? new Set()).add(messages.partition))
    }
    expect(events).toHaveLength(80)
    expect([...places.values()].filter(partitions => partitions.size !== 1)).toEqual([])
  })

  test('refuses one bad message and writes its neighbours, each told at its index', async () => {
    const topic = await app.freshTopic({ numPartitions: 1, configs: [{ name: 'max.message.bytes', value: '2000' }] })
    const { produce } = await app.dataOf(ProduceDocument, {
      input: {
        topic,
        messages: [
          { value: { string: 'first' } },
          { value: { string: 'x'.repeat(5000) } },
          { value: { string: 'nowhere' }, partition: 9 },
          { value: { string: 'elsewhere' }, topic: 'no-such-topic' },
          { value: { string: 'last' } },
        ],
      },
    })
    expect(produce.results.map(result => result?.offset ?? null)).toEqual(['0', null, null, null, '1'])
    expect(produce.errors.map(({ code, path }) => [path?.find(step => /^\d+$/.test(step)), code])).toEqual([
      ['1', 'MESSAGE_TOO_LARGE'],
      ['2', 'UNKNOWN_TOPIC_OR_PARTITION'],
      ['3', 'UNKNOWN_TOPIC_OR_PARTITION'],
    ])
    expect(await getOffsets(app.kafka, topic)).toEqual(new Map([[0, 2n]]))
  })

  test('with acks NONE has no offset and arrives all the same', async () => {
    const topic = await app.freshTopic()
    const { produce } = await app.dataOf(ProduceDocument, {
      input: { topic, acks: 'NONE', messages: [{ value: { string: 'fire and forget' } }] },
    })
    expect(produce).toMatchObject({ results: [{ offset: null, cursor: null, topic: { name: topic } }], errors: [] })
    using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    expect((await reader.next()).messages.value?.string).toBe('fire and forget')
  })
})

describe('messages', () => {
  test('shows what kafka-console-producer wrote, every field', async () => {
    const topic = await app.freshTopic()
    const before = Date.now()
    await consoleProduce(app.kafka, topic, ['k\t{"a":1}', 'k2\tplain'], { withKey: true, compression: 'gzip' })
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, ...FROM_THE_BEGINNING })
    const [first, second, ...rest] = (await reader.rest()).map(event => event.messages)
    expect(rest).toEqual([])
    expect(first).toMatchObject({
      topic: { name: topic },
      partition: 0,
      offset: '0',
      timestampType: 'CREATE_TIME',
      isTombstone: false,
      serializedSize: expect.any(Number),
      compressionType: 'GZIP',
      isTransactional: false,
      headers: [],
      key: { string: 'k', base64: 'aw==', hex: '6b', size: 1, format: 'STRING' },
      value: { string: '{"a":1}', json: { a: 1 }, base64: 'eyJhIjoxfQ==', size: 7, format: 'JSON' },
    })
    expect(second).toMatchObject({ offset: '1', value: { string: 'plain', json: null, format: 'STRING' } })
    const at = Number(first?.timestampMs)
    expect(new Date(at).toISOString()).toBe(first?.timestamp)
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThanOrEqual(Date.now())
  })

  test('from a topic whose leader stamps the time say so', async () => {
    const topic = await app.freshTopic({ configs: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] })
    const [written] = await app.produce({
      topic,
      messages: [{ value: { string: 'x' }, timestamp: '2001-01-01T00:00:00.000Z' }],
    })
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, ...FROM_THE_BEGINNING })
    const [event] = await reader.rest()
    expect(event?.messages).toMatchObject({ timestampType: 'LOG_APPEND_TIME', timestamp: written?.timestamp })
    expect(written?.timestamp).not.toContain('2001')
  })
})
