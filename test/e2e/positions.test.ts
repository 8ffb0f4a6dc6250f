import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp, type Written } from '../support/app.ts'
import { graphqlWs, type SubscribingClient, transports } from '../support/subscribe.ts'
import { FULL_MESSAGES, type FullMessages, placesOf, valuesOf } from './message-documents.ts'

let app: TestApp
/** Two partitions with the values 0-0 to 0-4 and 1-0 to 1-4, a minute apart. */
let topic: string
let written: readonly Written[]

const FIRST = Date.parse('2024-01-01T00:00:00.000Z')
const stored = [0, 1, 2, 3, 4].flatMap(minute =>
  [0, 1].map(partition => ({
    partition,
    value: { string: `${partition}-${minute}` },
    timestamp: new Date(FIRST + minute * 60_000).toISOString(),
  })),
)
/** Places of a partition from an offset to the last one. */
const places = (partition: number, first: number, end = 5) =>
  Array.from({ length: end - first }, (_, index) => `${partition}@${first + index}`)
const all = [...places(0, 0), ...places(1, 0)]
const sorted = (events: readonly FullMessages[]) => [...placesOf(events)].sort()

beforeAll(async () => {
  app = await startTestApp()
  topic = await app.freshTopic({ numPartitions: 2 })
  written = await app.produce({ topic, messages: stored })
})
afterAll(() => app[Symbol.asyncDispose]())

const cursorAt = (partition: number, offset: number): string => {
  const found = written.find(one => one.partition === partition && one.offset === String(offset))
  return found?.cursor ?? ''
}

describe.each(transports)('over %s', (_, open) => {
  let client: SubscribingClient
  beforeAll(() => {
    client = open(app)
  })
  afterAll(() => client[Symbol.asyncDispose]())

  const read = async (variables: Readonly<Record<string, unknown>>) => {
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, to: { latest: true }, ...variables })
    return sorted(await reader.rest())
  }

  test('from and to take every kind of position, and `to` completes', async () => {
    const minute = (count: number) => new Date(FIRST + count * 60_000).toISOString()
    expect(await read({ from: { earliest: true } })).toEqual(all)
    expect(await read({ from: { latest: true } })).toEqual([])
    expect(await read({ from: { lastPerPartition: 2 } })).toEqual([...places(0, 3), ...places(1, 3)])
    expect(await read({ from: { lastPerPartition: 99 } })).toEqual(all)
    expect(await read({ from: { offset: '4' } })).toEqual([...places(0, 4), ...places(1, 4)])
    expect(await read({ from: { offset: 2 }, partitions: [1] })).toEqual(places(1, 2))
    expect(await read({ from: { offsets: [{ partition: 1, offset: '3' }] } })).toEqual(places(1, 3))
    expect(await read({ from: { timestamp: minute(3) } })).toEqual([...places(0, 3), ...places(1, 3)])
    expect(await read({ from: { timestamp: new Date(FIRST + 1).toISOString() } })).toEqual([
      ...places(0, 1),
      ...places(1, 1),
    ])
    expect(await read({ from: { timestamp: '2999-01-01T00:00:00Z' } })).toEqual([])
    expect(await read({ from: { earliest: true }, to: { timestamp: minute(2) } })).toEqual([
      ...places(0, 0, 2),
      ...places(1, 0, 2),
    ])
    expect(await read({ from: { earliest: true }, to: { offset: '1' } })).toEqual(['0@0', '1@0'])
    expect(await read({ from: { earliest: true }, to: { offsets: [{ partition: 0, offset: '2' }] } })).toEqual([
      '0@0',
      '0@1',
    ])
  })

  test('`ago` counts back from now', async () => {
    const recent = await app.freshTopic()
    const at = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
    const messages = [7200, 600, 1].map(seconds => ({ value: { string: `${seconds}` }, timestamp: at(seconds) }))
    await app.produce({ topic: recent, messages })
    const variables = { topic: recent, from: { ago: 'PT1H' }, to: { latest: true } }
    using reader = client.subscribe<FullMessages>(FULL_MESSAGES, variables)
    expect(valuesOf(await reader.rest())).toEqual(['600', '1'])
  })

  test('a cursor is a position, and `after` goes on right behind it', async () => {
    using whole = client.subscribe<FullMessages>(FULL_MESSAGES, {
      topic,
      partitions: [0],
      from: { earliest: true },
      to: { latest: true },
    })
    const cursor = (await whole.rest())[2]?.messages.cursor
    expect(await read({ partitions: [0], from: { cursor } })).toEqual(places(0, 3))
    expect(await read({ partitions: [0], from: { earliest: true }, after: cursor })).toEqual(places(0, 3))
    expect(await read({ partitions: [0], from: { earliest: true }, to: { cursor } })).toEqual(places(0, 0, 3))
    expect((await read({ partitions: [1], after: cursorAt(1, 2) })).filter(place => place.startsWith('1'))).toEqual(
      places(1, 3),
    )
  })

  test('what is written after the subscription began arrives, in the order of its partition', async () => {
    const live = await app.freshTopic({ numPartitions: 2 })
    using messages = client.subscribe(MessagesDocument, { topic: live })
    using stream = client.subscribe(MessageStreamDocument, { input: { topics: [live], partitions: [1] } })
    expect((await stream.next()).messageStream).toMatchObject({ __typename: 'CaughtUp' })
    await app.untilStreams(2)
    for (let round = 0; round < 3; round++) {
      const two = [0, 1].map(partition => ({ partition, value: { string: `${partition}-${round}` } }))
      await app.produce({ topic: live, messages: two })
    }
    const values = valuesOf(await messages.take(6))
    for (const partition of [0, 1]) {
      const expected = [0, 1, 2].map(round => `${partition}-${round}`)
      expect(values.filter(value => value?.startsWith(`${partition}-`))).toEqual(expected)
    }
    const batched: (string | null | undefined)[] = []
    while (batched.length < 3) {
      const { messageStream } = await stream.next()
      if (messageStream.__typename !== 'MessageBatch') continue
      batched.push(...messageStream.messages.map(message => message.value?.string))
    }
    expect(batched).toEqual(['1-0', '1-1', '1-2'])
  })

  test('the stream tells batches, and when it has caught up', async () => {
    using stream = client.subscribe(MessageStreamDocument, {
      input: { topics: [topic], from: { earliest: true }, batch: { maxMessages: 3 } },
    })
    const events = await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
    const batches = events.flatMap(({ messageStream }) =>
      messageStream.__typename === 'MessageBatch' ? [messageStream] : [],
    )
    expect(batches.map(({ messages }) => messages.length).every(length => length <= 3)).toBe(true)
    const read = batches.flatMap(({ messages }) => messages.map(({ partition, offset }) => `${partition}@${offset}`))
    expect([...read].sort()).toEqual(all)
    expect(batches.at(-1)?.lag).toBe('0')
    const positions = [0, 1].map(partition => ({ partition, begin: '0', position: '5', end: '5' }))
    expect(events.at(-1)?.messageStream).toMatchObject({ __typename: 'CaughtUp', positions })
  })
})

test('the stream tells progress while nothing comes, and its cursor goes on there', async () => {
  await using client = graphqlWs(app)
  using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { offset: '3' } } })
  await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
  const { messageStream: progress } = await stream.next()
  expect(progress).toMatchObject({ __typename: 'StreamProgress', messagesScanned: '4', lag: '0' })
  using resumed = client.subscribe<FullMessages>(FULL_MESSAGES, { topic, after: progress.cursor, to: { latest: true } })
  expect(await resumed.rest()).toEqual([])
})
