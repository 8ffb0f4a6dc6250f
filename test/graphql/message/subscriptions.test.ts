import { describe, expect, it, vi } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { MessageStreamDocument, MessagesDocument } from '../../generated/operations.ts'
import { harness, limits } from '../harness.ts'
import { batchOf, storedMessage } from './scripted-streams.ts'

const messages = (count: number) =>
  Array.from({ length: count }, (_, index) => storedMessage({ offset: toOffset(index) }))

/** How often the event loop turns while so many messages of one batch are read. */
const turnsOfReplay = async (size: number): Promise<number> => {
  const { listen, streams } = harness()
  const { events } = await listen('subscription { messages(topic: "orders") { offset } }')
  streams.play(batchOf('orders', messages(size)))
  let turns = 0
  const count = () => {
    turns += 1
    if (turns < size) immediate = setImmediate(count)
  }
  let immediate = setImmediate(count)
  for (let read = 0; read < size; read++) await events?.next()
  clearImmediate(immediate)
  return turns
}

const askedFor = async (argument: string) => {
  const { listen, streams } = harness()
  const { refused } = await listen(`subscription { messages(topic: "orders", ${argument}) { offset } }`)
  expect(refused).toBeNull()
  return streams.requests[0]
}

describe('what a subscription asks for', () => {
  it.each([
    ['from: { earliest: true }', { kind: 'earliest' }],
    ['from: { latest: true }', { kind: 'latest' }],
    ['from: null', { kind: 'latest' }],
    ['partitions: null', { kind: 'latest' }],
    ['from: { lastPerPartition: 0 }', { kind: 'lastPerPartition', count: 0 }],
    ['from: { timestamp: "2025-01-31T09:30:00Z" }', { kind: 'timestamp', timestamp: Date.UTC(2025, 0, 31, 9, 30) }],
    ['from: { timestamp: "1969-12-31T23:59:59.999Z" }', { kind: 'timestamp', timestamp: 0 }],
    ['from: { ago: "P99999D" }', { kind: 'timestamp', timestamp: 0 }],
    ['from: { offset: "9007199254740993" }', { kind: 'offset', offset: 9_007_199_254_740_993n }],
    ['from: { offset: 9007199254740993 }', { kind: 'offset', offset: 9_007_199_254_740_993n }],
    ['from: { offsets: [{ partition: 1, offset: 5 }] }', { kind: 'offsets', offsets: [{ partition: 1, offset: 5n }] }],
    ['from: { cursor: "c" }', { kind: 'cursor', cursor: 'c' }],
  ])('messages(%s)', async (argument, from) => {
    expect(await askedFor(argument)).toMatchObject({ topic: 'orders', from, after: null, to: null, partitions: null })
  })

  it('messages(from: { ago: … }) counts back from now', async () => {
    const before = Date.now()
    const request = await askedFor('from: { ago: "PT15M" }')
    const timestamp = request?.from.kind === 'timestamp' ? request.from.timestamp : 0
    expect(timestamp).toBeGreaterThanOrEqual(before - 900_000)
    expect(timestamp).toBeLessThanOrEqual(Date.now() - 900_000)
  })

  it('messages passes everything on, fails on gaps and waits for no company', async () => {
    expect(
      await askedFor('partitions: [1, 0], after: "c", to: { latest: true }, isolationLevel: READ_UNCOMMITTED'),
    ).toEqual({
      topic: 'orders',
      partitions: [1, 0],
      from: { kind: 'latest' },
      after: 'c',
      to: { kind: 'latest' },
      isolationLevel: 'READ_UNCOMMITTED',
      limits: { ...limits.batch.default, lingerMs: 0 },
      onGap: 'fail',
    })
  })

  it('messageStream passes everything on and reports gaps', async () => {
    const { listen, streams } = harness()
    await listen(MessageStreamDocument, {
      input: {
        topics: ['orders'],
        from: { earliest: true },
        partitions: [3],
        after: null,
        batch: { maxMessages: 7, linger: 'PT0.05S' },
      },
    })
    expect(streams.requests[0]).toEqual({
      topic: 'orders',
      partitions: [3],
      from: { kind: 'earliest' },
      after: null,
      to: null,
      isolationLevel: 'READ_COMMITTED',
      limits: { maxMessages: 7, maxBytes: limits.batch.default.maxBytes, lingerMs: 50 },
      onGap: 'report',
    })
  })
})

describe('a running subscription', () => {
  it.each(['messages', 'messageStream'] as const)(
    '%s: a client that leaves while nothing comes frees the stream at once',
    async kind => {
      const { listen, streams } = harness()
      const { events } =
        kind === 'messages'
          ? await listen(MessagesDocument, { topic: 'orders' })
          : await listen(MessageStreamDocument, { input: { topics: ['orders'] } })
      const waiting = events?.next()
      await Promise.resolve()
      expect(streams.openStreams).toBe(1)
      await events?.return()
      expect(await waiting).toEqual({ done: true, answer: null })
      expect(streams.openStreams).toBe(0)
      expect(await events?.next()).toEqual({ done: true, answer: null })
    },
  )

  it('a client that leaves in the middle of a batch gets no more of it', async () => {
    const { listen, streams } = harness()
    const { events } = await listen(MessagesDocument, { topic: 'orders' })
    streams.play(batchOf('orders', messages(3)))
    await events?.next()
    await events?.return()
    expect(await events?.next()).toEqual({ done: true, answer: null })
    expect(streams.openStreams).toBe(0)
  })

  it('delivers batch after batch in order, to waiters that asked at once, too', async () => {
    const { listen, streams } = harness()
    const { events } = await listen<{ messages: { offset: string } }>(
      'subscription { messages(topic: "orders") { offset } }',
    )
    const asked = [events?.next(), events?.next(), events?.next(), events?.next()]
    const all = messages(4)
    streams.play(batchOf('orders', all.slice(0, 1)), batchOf('orders', []), batchOf('orders', all.slice(1)))
    const offsets = (await Promise.all(asked)).map(result => result?.answer?.data.messages.offset)
    expect(offsets).toEqual(['0', '1', '2', '3'])
  })

  it('gives the event loop a turn while it replays', async () => {
    expect(await turnsOfReplay(1000)).toBeGreaterThanOrEqual(10)
  })

  it('gives the event loop a turn by time, when results take long', async () => {
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 3))
    try {
      // Counted alone, 60 results would share one turn.
      expect(await turnsOfReplay(60)).toBeGreaterThanOrEqual(10)
    } finally {
      clock.mockRestore()
    }
  })

  it('that fails in the middle ends with Kafka’s error and the cursor to go on from', async () => {
    const { listen, streams } = harness()
    const { events } = await listen(MessagesDocument, { topic: 'orders' })
    const details = { cursor: 'where-to-go-on', earliestOffset: 2n ** 53n + 1n }
    streams.play(batchOf('orders', messages(1)), new KafkaError('OFFSET_OUT_OF_RANGE', 'deleted', { details }))
    expect((await events?.next())?.answer?.errors).toEqual([])
    await expect(events?.next()).rejects.toMatchObject({
      message: 'deleted',
      extensions: {
        code: 'OFFSET_OUT_OF_RANGE',
        errorCode: 1,
        cursor: 'where-to-go-on',
        earliestOffset: '9007199254740993',
      },
    })
    expect(await events?.next()).toEqual({ done: true, answer: null })
    expect(streams.openStreams).toBe(0)
  })

  it('asks Kafka anew for each event that goes back to it, and never for the message itself', async () => {
    const { listen, streams, kafka } = harness({ topics: { orders: 1 } })
    const { events } = await listen<{ messages: { topic: { partitionCount: number } } }>(
      'subscription { messages(topic: "orders") { topic { partitionCount } } }',
    )
    streams.play(batchOf('orders', messages(2)))
    expect((await events?.next())?.answer?.data.messages.topic.partitionCount).toBe(1)
    kafka.addPartitions('orders', 3)
    expect((await events?.next())?.answer?.data.messages.topic.partitionCount).toBe(3)
    expect(kafka.counts).toMatchObject({ describeTopics: 2, describeCluster: 0, listOffsets: 0 })
  })
})

describe('while Kafka is away', () => {
  const away = new KafkaError('KAFKA_UNAVAILABLE')

  it.each([
    'messages(topic: "orders", after: "c") { offset }',
    'messages(topic: "orders", from: { cursor: "c" }) { offset }',
    'messageStream(input: { topics: ["orders"], after: "c" }) { __typename }',
  ])('a subscription that goes on waits for it: %s', async field => {
    const { listen, streams } = harness()
    streams.refusal = away
    const opening = listen(`subscription { ${field} }`)
    await vi.waitFor(() => expect(streams.requests.length).toBeGreaterThan(1), { timeout: 5000 })
    streams.refusal = null
    const { events, refused } = await opening
    expect(refused).toBeNull()
    expect(streams.openStreams).toBe(1)
    await events?.return()
  })

  it.each([
    'messages(topic: "orders") { offset }',
    'messageStream(input: { topics: ["orders"], from: { earliest: true } }) { __typename }',
  ])('a new one waits, too: %s', async field => {
    const { listen, streams } = harness({}, { ...limits, subscribeWaitMs: 600_000 })
    streams.refusal = away
    const opening = listen(`subscription { ${field} }`)
    await vi.waitFor(() => expect(streams.requests.length).toBeGreaterThan(1), { timeout: 5000 })
    streams.refusal = null
    const { events, refused } = await opening
    expect(refused).toBeNull()
    await events?.return()
  })

  it.each([0, 700])('a new one fails with a retriable error after %i ms of waiting', async subscribeWaitMs => {
    const { listen, streams } = harness({}, { ...limits, subscribeWaitMs })
    streams.refusal = away
    const { refused } = await listen('subscription { messages(topic: "orders") { offset } }')
    expect(refused?.errors).toMatchObject([{ extensions: { code: 'KAFKA_UNAVAILABLE', retriable: true } }])
    expect(streams.requests.length > 1).toBe(subscribeWaitMs > 0)
  })

  it.each(['BUSY', 'CLOSED', 'UNKNOWN_TOPIC_OR_PARTITION'] as const)('%s ends a new one at once', async code => {
    const { listen, streams } = harness({}, { ...limits, subscribeWaitMs: 600_000 })
    streams.refusal = new KafkaError(code)
    const { refused } = await listen('subscription { messages(topic: "orders") { offset } }')
    expect(refused?.errors).toMatchObject([{ extensions: { code } }])
    expect(streams.requests).toHaveLength(1)
  })

  it.each([
    'UNKNOWN_TOPIC_OR_PARTITION',
    'TOPIC_AUTHORIZATION_FAILED',
    'INVALID_CURSOR',
    'TOPIC_RECREATED',
    'CLOSED',
  ] as const)('what does not pass is told at once to one that goes on, too: %s', async code => {
    const { listen, streams } = harness()
    streams.refusal = new KafkaError(code)
    const { refused } = await listen('subscription { messages(topic: "orders", after: "c") { offset } }')
    expect(refused?.errors).toMatchObject([{ extensions: { code } }])
    expect(streams.requests).toHaveLength(1)
  })

  it('nobody asks any more for a client that has left', async () => {
    const { listen, streams } = harness()
    streams.refusal = away
    const left = new AbortController()
    const opening = listen('subscription { messages(topic: "orders", after: "c") { offset } }', {}, left)
    await vi.waitFor(() => expect(streams.requests).toHaveLength(1))
    left.abort()
    expect((await opening).refused?.errors).toHaveLength(1)
    streams.refusal = null
    expect(streams.requests).toHaveLength(1)
    expect(streams.openStreams).toBe(0)
  })
})
