import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleConsume, consoleProduce, getOffsets } from '../support/console-tools.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'
import { graphqlWs } from '../support/subscribe.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { refusalsOf, saying } from './support/refusals.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

const topic = freshTopicName('outside')
/** Accepts record batches of up to 1,000 bytes. */
const narrow = freshTopicName('outside')
/** Compacted, so it accepts only messages with a key. */
const compacted = freshTopicName('outside')
let kafka: ToolTarget
let product: Product

beforeAll(async () => {
  kafka = await sharedKafka()
  await Promise.all([
    createTopicByTool(kafka, topic, { partitions: 2 }),
    createTopicByTool(kafka, narrow, { configs: { 'max.message.bytes': '1000' } }),
    createTopicByTool(kafka, compacted, { configs: { 'cleanup.policy': 'compact' } }),
  ])
  product = await startProduct(kafka.bootstrapServers)
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
})

const PRODUCE = `mutation ($input: ProduceInput!) {
  produce(input: $input) { results { partition offset } errors { code errorCode retriable message path } }
}`
const produce = (input: object) => product.run<{ produce: { results: unknown[] } }>(PRODUCE, { input })
const value = (string: string) => ({ value: { string } })

describe('one bad message among good ones', () => {
  test('MESSAGE_TOO_LARGE contains both sizes, and the other messages are written', async () => {
    const bad = [value('x'.repeat(2_000)), { key: { base64: Buffer.alloc(1_000).toString('base64') } }]
    const told = await produce({ topic: narrow, messages: [value('a'), bad[0], value('b'), bad[1], value('c')] })
    expect(refusalsOf(told, 'produce')).toEqual([
      expect.stringMatching(
        /^MESSAGE_TOO_LARGE at input\.messages\.1: .* 2\d{3} bytes, but the topic accepts at most 1000/,
      ),
      expect.stringMatching(
        /^MESSAGE_TOO_LARGE at input\.messages\.3: .* 1\d{3} bytes, but the topic accepts at most 1000/,
      ),
    ])
    expect(told.data?.produce.results.map(place => place !== null)).toEqual([true, false, true, false, true])
    const noise = { value: { base64: randomBytes(2_000).toString('base64') } }
    const messages = [value('d'), noise, value('y'.repeat(2_000)), value('e')]
    const compressed = await produce({ topic: narrow, compressionType: 'GZIP', messages })
    // Two thousand repetitions of one letter fit when compressed.
    expect(refusalsOf(compressed, 'produce')).toEqual([
      expect.stringMatching(/^MESSAGE_TOO_LARGE at input\.messages\.1: .* bytes, but the topic accepts at most 1000/),
    ])
    const values = (await consoleConsume(kafka, narrow, { maxMessages: 6 })).map(message => message.value?.at(0))
    expect(values).toEqual(['a', 'b', 'c', 'd', 'y', 'e'])
    expect(await getOffsets(kafka, narrow)).toEqual(new Map([[0, 6n]]))
  })

  test('a message too large for any request is refused before it is sent', async () => {
    const large = { ...value('x'.repeat(1_500_000)) }
    const before = await getOffsets(kafka, topic)
    const told = await produce({
      topic,
      messages: [
        { ...large, partition: 0 },
        { ...value('fits'), partition: 0 },
      ],
    })
    expect(refusalsOf(told, 'produce')).toEqual([
      expect.stringMatching(
        /^MESSAGE_TOO_LARGE at input\.messages\.0: .* 15\d{5} bytes, but the topic accepts at most 1048588/,
      ),
    ])
    expect((await getOffsets(kafka, topic)).get(0)).toBe((before.get(0) ?? 0n) + 1n)
  })

  test('each is refused alone: partition, time, name, text, number, key', async () => {
    const before = await getOffsets(kafka, topic)
    const bad: readonly (readonly [object, RegExp])[] = [
      [{ partition: 2 }, /^UNKNOWN_TOPIC_OR_PARTITION at input\.messages\.0: .*2 partitions.*no partition 2/],
      [{ partition: -1 }, /^UNKNOWN_TOPIC_OR_PARTITION at input\.messages\.1: .*no partition -1/],
      [{ partition: 2147483647 }, /^UNKNOWN_TOPIC_OR_PARTITION at .*no partition 2147483647/],
      [{ timestamp: '1969-12-31T23:59:59Z' }, /^INVALID_TIMESTAMP at input\.messages\.3: .*1970/],
      [{ timestamp: '9999-12-31T00:00:00Z' }, /^INVALID_TIMESTAMP at input\.messages\.4: /],
      [{ topic: 'a/b' }, /^INVALID_TOPIC_EXCEPTION at input\.messages\.5: .*letters/],
      [{ topic: freshTopicName('unknown') }, /^UNKNOWN_TOPIC_OR_PARTITION at input\.messages\.6: there is no topic/],
      [value('\ud800'), /^INVALID_RECORD at input\.messages\.7: .*base64/],
      [{ headers: [{ key: '\udc00' }] }, /^INVALID_RECORD at input\.messages\.8: .*base64/],
      [{ value: { json: { n: 2 ** 60 } } }, /^INVALID_RECORD at input\.messages\.9: .*1152921504606847000.*string/],
      [{ topic: compacted, ...value('without a key') }, /^INVALID_RECORD at input\.messages\.10: /],
    ]
    const good = [0, 1].map(partition => ({ ...value('good'), partition }))
    const told = await produce({ topic, messages: [...bad.map(([message]) => message), ...good] })
    const refused = refusalsOf(told, 'produce')
    expect(refused).toHaveLength(bad.length)
    for (const [index, [, why]] of bad.entries()) expect(refused[index]).toMatch(why)
    expect(told.data?.produce.results.slice(0, -2)).toEqual(bad.map(() => null))
    const after = await getOffsets(kafka, topic)
    expect([0, 1].map(one => (after.get(one) ?? 0n) - (before.get(one) ?? 0n))).toEqual([1n, 1n])
    expect(await getOffsets(kafka, compacted)).toEqual(new Map([[0, 0n]]))
  })
})

describe('a produce request that is refused as a whole', () => {
  test('names the argument, the problem and the right form, and writes nothing', async () => {
    const before = await getOffsets(kafka, topic)
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ timeout: 'PT0S' }, /^BAD_USER_INPUT: input\.timeout is PT0S: give more than nothing and at most PT30S/],
      [{ timeout: 'PT31S' }, /^BAD_USER_INPUT: input\.timeout is PT31S/],
      [{ messages: Array(10_001).fill({}) }, /^BAD_USER_INPUT: input\.messages takes at most 10000 messages.*10001/],
    ]
    for (const [input, why] of wrong) {
      const { data, errors } = await produce({ topic, messages: [value('x')], ...input })
      expect([data ?? null, saying(errors?.[0])]).toEqual([null, expect.stringMatching(why)])
    }
    expect(await getOffsets(kafka, topic)).toEqual(before)
  })

  test('an empty list returns an empty list', async () => {
    expect(await produce({ topic, messages: [] })).toEqual({ data: { produce: { results: [], errors: [] } } })
  })
})

describe('bytes that are not text', () => {
  test('are exact in base64, and their text is null', async () => {
    const fresh = freshTopicName('outside')
    await createTopicByTool(kafka, fresh)
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28, 0x80])
    const base64 = bytes.toString('base64')
    const binary = { key: { base64 }, value: { base64 }, headers: [{ key: 'h', value: { base64 } }, { key: 'h' }] }
    await produce({ topic: fresh, messages: [binary] })
    await consoleProduce(kafka, fresh, ['{"n": 9007199254740993}'])
    await using client = graphqlWs(product)
    const payload = 'size base64 string json format'
    const query = `subscription { messages(topic: "${fresh}", from: { earliest: true }, to: { latest: true }) {
      key { ${payload} } value { ${payload} } headers { key value { ${payload} } }
    } }`
    using reader = client.subscribe<{ messages: unknown }, Record<string, never>>(query)
    const [first, second] = (await reader.rest()).map(event => event.messages)
    const raw = { size: 5, base64, string: null, json: null, format: 'BYTES' }
    expect(first).toEqual({
      key: raw,
      value: raw,
      headers: [
        { key: 'h', value: raw },
        { key: 'h', value: null },
      ],
    })
    expect(second).toMatchObject({ key: null, value: { string: '{"n": 9007199254740993}', format: 'JSON' } })
    const [printed] = await consoleConsume(kafka, fresh, { maxMessages: 2 })
    expect(printed?.value).toBe(bytes.toString('utf8'))
  })
})
