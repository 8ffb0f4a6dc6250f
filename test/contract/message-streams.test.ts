import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import type { MessageStream, StreamRequest } from '../../src/kafka/ports/message-streams.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { createTopic, fresh } from './create-topic.ts'
import { valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const request = (topic: TopicName, more: Partial<StreamRequest> = {}): StreamRequest => ({
  topic,
  partitions: null,
  from: { kind: 'earliest' },
  after: null,
  to: null,
  isolationLevel: 'READ_COMMITTED',
  limits: { maxMessages: 100, maxBytes: 1_000_000, lingerMs: 0 },
  onGap: 'fail',
  ...more,
})

const acknowledged = { acks: 'ALL', compressionType: 'NONE', transactional: false, timeoutMs: 20_000 } as const

describe.each(implementations)('message streams of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const produce = async (topic: TopicName, value: string) => {
    const message = { topic, partition: 0, key: null, value: Buffer.from(value), headers: [], timestamp: null }
    return valueIn((await ports.sink.produce(testCall, [message], acknowledged))[0])
  }

  /** The values of the next `count` messages. */
  const take = async (stream: MessageStream, count: number): Promise<readonly string[]> => {
    const values: string[] = []
    while (values.length < count) {
      const { done, value: event } = await stream.next()
      if (done === true) break
      if (event.kind === 'batch') values.push(...event.messages.map(({ value }) => String(value)))
    }
    return values
  }

  it('deliver what is stored, then what is written, and end when they are returned', async () => {
    const topic = await createTopic(ports)
    await produce(topic, 'stored')
    await using stream = await ports.streams.open(testCall, request(topic))
    expect(await take(stream, 1)).toEqual(['stored'])
    const live = take(stream, 1)
    await produce(topic, 'live')
    expect(await live).toEqual(['live'])
    const waiting = stream.next()
    await stream.return()
    expect((await waiting).done).toBe(true)
    expect((await stream.next()).done).toBe(true)
  })

  it('that begin at the latest message deliver all that is written once they are open', async () => {
    const topic = await createTopic(ports)
    await produce(topic, 'before')
    await using stream = await ports.streams.open(testCall, request(topic, { from: { kind: 'latest' } }))
    await produce(topic, 'after')
    expect(await take(stream, 1)).toEqual(['after'])
  })

  it('with an end complete by themselves', async () => {
    const topic = await createTopic(ports)
    for (const value of ['a', 'b', 'c']) await produce(topic, value)
    const to = { kind: 'offset', offset: toOffset(2) } as const
    await using stream = await ports.streams.open(testCall, request(topic, { to }))
    expect(await take(stream, 3)).toEqual(['a', 'b'])
    expect((await stream.next()).done).toBe(true)
  })

  it('resume after a cursor: of a stream, and of a message that was produced', async () => {
    const topic = await createTopic(ports)
    const first = await produce(topic, 'a')
    await produce(topic, 'b')
    await using stream = await ports.streams.open(testCall, request(topic))
    expect(await take(stream, 2)).toEqual(['a', 'b'])
    const { cursor } = stream
    await produce(topic, 'c')
    await using resumed = await ports.streams.open(testCall, request(topic, { after: cursor }))
    expect(await take(resumed, 1)).toEqual(['c'])
    const after = ports.streams.cursorAfter(testCall, first)
    await using afterFirst = await ports.streams.open(testCall, request(topic, { after }))
    expect(await take(afterFirst, 2)).toEqual(['b', 'c'])
    const asked = { topic, partitions: null, cursor: after }
    expect(await ports.streams.offsetsAfter(testCall, asked)).toEqual([{ partition: 0, offset: 1n }])
  })

  it('are refused for a topic that is not there, a cursor that is none and an offset beyond the end', async () => {
    const topic = await createTopic(ports)
    const refused = (wanted: StreamRequest) => expect(ports.streams.open(testCall, wanted)).rejects
    await refused(request(fresh())).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
    await refused(request(topic, { after: 'no cursor' })).toMatchObject({ code: 'INVALID_CURSOR' })
    const from = { kind: 'offset', offset: toOffset(5) } as const
    await refused(request(topic, { from })).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' })
  })

  it('end with an error when their topic is deleted', async () => {
    const topic = await createTopic(ports)
    await using stream = await ports.streams.open(testCall, request(topic, { from: { kind: 'latest' } }))
    const end = take(stream, 1)
    await Promise.all([
      expect(end).rejects.toMatchObject({ code: 'TOPIC_DELETED' }),
      ports.topicAdmin.deleteTopics(testCall, [topic]),
    ])
  })
})
