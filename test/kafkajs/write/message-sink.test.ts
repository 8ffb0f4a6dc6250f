import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isFailure, KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import type { CompressionType, OutgoingMessage, ProducedMessage } from '../../../src/kafka/message.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import type { ProduceLink } from '../../../src/kafkajs/write/senders/produce-cluster.ts'
import { testCall } from '../../support/call.ts'
import { consoleConsume, consoleProduce, getOffsets } from '../../support/console-tools.ts'
import { freshTopicName, sharedKafka } from '../../support/kafka.ts'
import type { ToolTarget } from '../../support/kafka-tools.ts'
import { type OpenSink, openSink } from './open-sink.ts'
import { outgoing } from './outgoing.ts'
import { brief, options } from './scripted-sink.ts'

let kafka: ToolTarget
let open: OpenSink

beforeAll(async () => {
  kafka = await sharedKafka()
  open = openSink(kafka.bootstrapServers)
})

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
})

const saying = (text: string, what: Partial<OutgoingMessage> = {}) => outgoing({ value: Buffer.from(text), ...what })
const written = (outcomes: readonly Outcome<ProducedMessage>[]): readonly ProducedMessage[] =>
  outcomes.map(outcome => {
    if (isFailure(outcome)) throw outcome
    return outcome
  })

describe("Kafka's console consumer reads", () => {
  test('what was produced: all codecs, keys, headers, tombstones, timestamps', async () => {
    const topic = await open.freshTopic()
    const codecs: readonly CompressionType[] = ['NONE', 'GZIP', 'SNAPPY', 'LZ4', 'ZSTD']
    const sent: ProducedMessage[] = []
    for (const compressionType of codecs) {
      const messages = [
        saying(`Grüße von ${compressionType} 🚀`, {
          topic,
          key: Buffer.from('schlüssel'),
          timestamp: 1_700_000_000_123,
          headers: [
            { key: 'a', value: Buffer.from('1') },
            { key: 'b', value: Buffer.from('2') },
            { key: 'a', value: Buffer.from('3') },
          ],
        }),
        outgoing({ topic, key: Buffer.from('gone'), value: null }),
        saying('x'.repeat(20_000), { topic, key: null }),
      ]
      sent.push(...written(await open.sink.produce(testCall, messages, options({ compressionType }))))
    }
    expect(sent.map(({ offset }) => offset)).toEqual(sent.map((_, i) => BigInt(i)))
    const read = await consoleConsume(kafka, topic, { maxMessages: 15 })
    expect(read.map(({ timestamp }) => Number(timestamp))).toEqual(sent.map(({ timestamp }) => timestamp))
    codecs.forEach((codec, i) => {
      const [full, tombstone, large] = read.slice(3 * i, 3 * i + 3)
      const timestamp = 1_700_000_000_123n
      expect(full).toMatchObject({
        timestamp,
        key: 'schlüssel',
        value: `Grüße von ${codec} 🚀`,
        headers: 'a:1,b:2,a:3',
      })
      expect(tombstone).toMatchObject({ key: 'gone', value: null, headers: null })
      expect(large).toMatchObject({ key: null, value: 'x'.repeat(20_000) })
    })
  })

  test('each key in the partition that Kafka itself chooses', async () => {
    const topic = await open.freshTopic({ partitions: 7 })
    const keys = Array.from({ length: 20 }, (_, i) => `key-${i * i}-ü`)
    await consoleProduce(
      kafka,
      topic,
      keys.map(key => `${key}\tjava`),
      { withKey: true, properties: { 'linger.ms': '0' } },
    )
    const ours = written(
      await open.sink.produce(
        testCall,
        keys.map(key => saying('ours', { topic, key: Buffer.from(key) })),
        options(),
      ),
    )
    const read = await consoleConsume(kafka, topic, { maxMessages: 40 })
    const byJava = new Map(read.filter(({ value }) => value === 'java').map(({ key, partition }) => [key, partition]))
    expect(ours.map(({ partition }) => partition)).toEqual(keys.map(key => byJava.get(key)))
  })
})

describe('offsets', () => {
  test('of 5,000 messages in one call are all correct', async () => {
    const topic = await open.freshTopic()
    const messages = Array.from({ length: 5000 }, (_, i) => saying(String(i), { topic }))
    const told = written(await open.sink.produce(testCall, messages, options({ timeoutMs: 30_000 })))
    expect(told.map(({ offset }) => offset)).toEqual(messages.map((_, i) => BigInt(i)))
    expect((await getOffsets(kafka, topic)).get(0)).toBe(5000n)
  })

  test('of 64 concurrent callers are correct', async () => {
    const topic = await open.freshTopic({ partitions: 3 })
    const calls = Array.from({ length: 64 }, (_, i) => {
      const messages = [0, 1, 2].map(n => saying(`${i}.${n}`, { topic, partition: n === 2 ? i % 3 : null }))
      return open.sink.produce(testCall, messages, options())
    })
    const told = written((await Promise.all(calls)).flat())
    const read = await consoleConsume(kafka, topic, { maxMessages: 192 })
    const valueAt = new Map(read.map(({ partition, offset, value }) => [`${partition}@${offset}`, value]))
    told.forEach(({ partition, offset }, i) => {
      expect(valueAt.get(`${partition}@${offset}`)).toBe(`${Math.floor(i / 3)}.${i % 3}`)
    })
  })

  test('are returned with LEADER but not with NONE, and both are written', async () => {
    const topic = await open.freshTopic()
    const [one] = await open.sink.produce(testCall, [saying('leader', { topic })], options({ acks: 'LEADER' }))
    const [two] = await open.sink.produce(testCall, [saying('none', { topic })], options({ acks: 'NONE' }))
    expect(one).toMatchObject({ offset: 0n })
    expect(two).toMatchObject({ offset: null })
    const read = await consoleConsume(kafka, topic, { maxMessages: 2 })
    expect(read.map(({ value }) => value)).toEqual(['leader', 'none'])
  })

  test("come with the broker's time if the topic uses LogAppendTime", async () => {
    const topic = await open.freshTopic({ configs: { 'message.timestamp.type': 'LogAppendTime' } })
    const [told] = written(await open.sink.produce(testCall, [saying('a', { topic, timestamp: 1000 })], options()))
    const [read] = await consoleConsume(kafka, topic, { maxMessages: 1 })
    expect(told?.timestamp).toBe(Number(read?.timestamp))
    expect(told?.timestamp).toBeGreaterThan(1_700_000_000_000)
  })

  test('are correct after a lost acknowledgement, and the batch is written once', async () => {
    let losses = 0
    const lossy = (link: ProduceLink): ProduceLink => ({
      isAlive: link.isAlive,
      versions: link.versions,
      unsentBytes: 0,
      untilUnthrottled: withinMs => link.untilUnthrottled(withinMs),
      destroy: reason => link.destroy(reason),
      call: async (request, idleMs) => {
        const answer = await link.call(request, idleMs)
        if (losses++ % 2 === 0) throw new KafkaError('KAFKA_UNAVAILABLE', 'the answer is lost')
        return answer
      },
    })
    await using lossySink = openSink(kafka.bootstrapServers, {
      through: cluster => ({
        leaders: cluster.leaders,
        links: { get: async (address, purpose) => lossy(await cluster.links.get(address, purpose)) },
        addressOf: nodeId => cluster.addressOf(nodeId),
        troubleWith: nodeId => cluster.troubleWith(nodeId),
        refresh: topics => cluster.refresh(topics),
        refreshSoon: () => cluster.refreshSoon(),
        askAny: make => cluster.askAny(make),
      }),
    })
    const topic = await lossySink.freshTopic()
    for (let i = 0; i < 5; i++) {
      const messages = [saying('a', { topic, timestamp: 1000 + i }), saying('b', { topic, timestamp: 2000 + i })]
      const told = written(await lossySink.sink.produce(testCall, messages, options()))
      expect(told).toMatchObject([
        { offset: BigInt(2 * i), timestamp: 1000 + i },
        { offset: BigInt(2 * i + 1), timestamp: 2000 + i },
      ])
    }
    expect(losses).toBe(10)
    expect((await getOffsets(kafka, topic)).get(0)).toBe(10n)
  })
})

describe('refused', () => {
  test('a missing topic, which is not created', async () => {
    const topic = toTopicName(freshTopicName('missing'))
    const told = await open.sink.produce(testCall, [saying('a', { topic })], options({ timeoutMs: 3000 }))
    expect(brief(told)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    const topics = await open.catalog.listTopics(testCall)
    expect(topics.map(({ name }) => name)).not.toContain(topic)
  })

  test('a missing partition', async () => {
    const topic = await open.freshTopic({ partitions: 3 })
    const told = await open.sink.produce(
      testCall,
      [saying('a', { topic, partition: 99 }), saying('b', { topic })],
      options(),
    )
    expect(told[0]).toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: expect.stringContaining('3 partitions'),
    })
    expect(told[1]).toMatchObject({ offset: 0n })
  })

  test('a message above max.message.bytes, exact to the byte', async () => {
    const topic = await open.freshTopic({ configs: { 'max.message.bytes': '1000' } })
    const [fits, exceeds] = [saying('x'.repeat(930), { topic }), saying('x'.repeat(931), { topic })]
    const ours = await open.sink.produce(testCall, [fits, exceeds], options())
    expect(brief(ours)).toEqual(['0@0', 'MESSAGE_TOO_LARGE'])
    await using trusting = openSink(kafka.bootstrapServers, { maxMessageBytes: async () => 1 << 20 })
    const byKafka = await trusting.sink.produce(testCall, [fits, exceeds, saying('y', { topic })], options())
    expect(brief(byKafka)).toEqual(['0@1', 'MESSAGE_TOO_LARGE', '0@2'])
  })

  test('a message above the default limit, compressed or not; the others are written', async () => {
    const topic = await open.freshTopic()
    const large = saying('x'.repeat(1_100_000), { topic })
    const plain = await open.sink.produce(testCall, [saying('a', { topic }), large, saying('b', { topic })], options())
    expect(brief(plain)).toEqual(['0@0', 'MESSAGE_TOO_LARGE', '0@1'])
    const gzip = await open.sink.produce(testCall, [large], options({ compressionType: 'GZIP' }))
    expect(brief(gzip)).toEqual(['0@2'])
  })

  test('nothing for min.insync.replicas above the replication factor, which Kafka 4 caps', async () => {
    const topic = await open.freshTopic({ configs: { 'min.insync.replicas': '2' } })
    await consoleProduce(kafka, topic, ['java'], { properties: { acks: 'all', 'linger.ms': '0' } })
    expect(brief(await open.sink.produce(testCall, [saying('a', { topic })], options()))).toEqual(['0@1'])
  })

  test.each(['NONE', 'ZSTD'] as const)('only the far-future timestamp among ten (%s)', async compressionType => {
    const topic = await open.freshTopic({ configs: { 'message.timestamp.after.max.ms': '3600000' } })
    const messages = Array.from({ length: 10 }, (_, i) =>
      saying(String(i), { topic, timestamp: i === 4 ? Date.now() + 86_400_000 : null }),
    )
    const told = await open.sink.produce(testCall, messages, options({ compressionType }))
    expect(brief(told)).toEqual(messages.map((_, i) => (i === 4 ? 'INVALID_TIMESTAMP' : `0@${i < 4 ? i : i - 1}`)))
    const read = await consoleConsume(kafka, topic, { maxMessages: 9 })
    expect(read.map(({ value }) => value).join('')).toBe('012356789')
  })

  test('only the message without a key on a compacted topic', async () => {
    const topic = await open.freshTopic({ configs: { 'cleanup.policy': 'compact' } })
    const key = Buffer.from('k')
    const messages = [saying('a', { topic, key }), saying('b', { topic }), saying('c', { topic, key })]
    expect(brief(await open.sink.produce(testCall, messages, options()))).toEqual(['0@0', 'INVALID_RECORD', '0@1'])
  })

  test('messages for a recreated topic of the same name, whose id differs', async () => {
    const topic = await open.freshTopic()
    const [before] = written(await open.sink.produce(testCall, [saying('a', { topic })], options()))
    await open.topicAdmin.deleteTopics(testCall, [topic])
    expect(brief(await open.sink.produce(testCall, [saying('b', { topic })], options()))).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
    ])
    await open.topicAdmin.createTopics(testCall, [
      { name: topic, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] },
    ])
    const [after] = written(await open.sink.produce(testCall, [saying('c', { topic })], options()))
    expect(after).toMatchObject({ offset: 0n })
    expect(after?.topicId).not.toBe(before?.topicId)
  })
})
