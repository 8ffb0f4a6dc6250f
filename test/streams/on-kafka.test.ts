import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TopicDescription } from '../../src/kafka/cluster.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../src/kafkajs/create-kafka.ts'
import type { StreamLimits } from '../../src/streams/ring/stream-limits.ts'
import { createMessageStreams, type MessageStreamEngine } from '../../src/streams/stream-engine.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { openSource } from '../kafkajs/read/fetch/open-source.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import { nextOf, REQUEST } from './stream-fixture.ts'

/** The product's value. */
const MIB = 1 << 20
const LIMITS: StreamLimits = {
  ringBytesPerPartition: 4 << 20,
  ringBytesPerTopic: 64 << 20,
  ringBytesTotal: 256 << 20,
  idleMs: 3000,
  catchUpBytes: 1 << 20,
  catchUpBytesTotal: 128 << 20,
  sharedReadBytes: 16 << 20,
  letGoMs: 2000,
  catchUpConcurrency: 16,
  readTimeoutMs: 1000,
  progressMs: 60_000,
  describeMs: 3000,
}

let kafka: KafkaAdapter
let engine: MessageStreamEngine

beforeAll(async () => {
  kafka = openKafka((await sharedKafka()).bootstrapServers)
  const { freshCatalog: catalog, source } = kafka
  const limits = LIMITS
  engine = createMessageStreams({ catalog, source, limits, cursorSecret: null })
})

afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await kafka[Symbol.asyncDispose]()
})

const freshTopic = async (numPartitions = 1): Promise<TopicDescription> => {
  const name = toTopicName(freshTopicName())
  await kafka.topicAdmin.createTopics(testCall, [
    { name, numPartitions, replicationFactor: 1, replicaAssignments: null, configs: [] },
  ])
  return eventually(async () => {
    const [described] = await kafka.freshCatalog.describeTopics(testCall, [name])
    if (described === undefined || described instanceof Error) throw described
    return described
  })
}

describe('a cursor without an epoch', () => {
  it('beyond the end of the log reports that the messages read before are lost', async () => {
    const { name, topicId } = await freshTopic()
    const lost = { topic: name, topicId, partition: 0, offset: toOffset(49), timestamp: Date.now() }
    const stream = await engine.open(testCall, { ...REQUEST, topic: name, after: engine.cursorAfter(testCall, lost) })
    const gap = await nextOf(stream, 'gap')
    expect(gap).toMatchObject({ partition: 0, fromOffset: 50n, toOffset: 0n, reason: 'UNCLEAN_LEADER_ELECTION' })
    await stream.return()
  })
})

describe('a message that takes longer than the read timeout is awaited', () => {
  it('is delivered', async () => {
    await using slow = await openSource((await sharedKafka()).bootstrapServers, { bytesPerSecond: MIB })
    const [log] = await slow.createLogs(freshTopicName(), 1, { 'max.message.bytes': String(4 * MIB) })
    if (log === undefined) throw new Error('the topic has a partition')
    await slow.write(log, ['x'.repeat(3 * MIB)])
    await using streams = createMessageStreams({ ...slow, limits: LIMITS, cursorSecret: null })
    const stream = await streams.open(testCall, { ...REQUEST, topic: log.topic })
    const { messages } = await nextOf(stream, 'batch')
    expect(messages[0]).toMatchObject({ offset: 0n, serializedSize: 3 * MIB })
  })
})
