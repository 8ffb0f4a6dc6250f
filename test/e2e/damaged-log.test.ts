import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Link } from '../../src/kafkajs/transport/link.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { transports } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

const FETCH = 1

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

/** Changes what is stored, as a failing disk does. */
const change = async (topic: string, edit: (bytes: Buffer) => void) => {
  const files = await readdir(kafka.dir, { recursive: true })
  const segment = files.find(file => file.endsWith(join(`${topic}-0`, '00000000000000000000.log')))
  const path = join(kafka.dir, segment ?? '')
  const bytes = await readFile(path)
  edit(bytes)
  await writeFile(path, bytes, { flag: 'r+' })
}

/** Changes a byte of a stored batch; a broker does not look at what it sends. */
const damage = (topic: string, text: string) =>
  change(topic, bytes => {
    const at = bytes.indexOf(text)
    expect(at).toBeGreaterThan(0)
    bytes[at] = '?'.charCodeAt(0)
  })

/** Empties the headers of stored batches, by their number; a broker does not get past them. */
const empty = (topic: string, batches: readonly number[]) =>
  change(topic, bytes => {
    for (let at = 0, batch = 0; at < bytes.length; batch++) {
      const end = at + 12 + bytes.readInt32BE(at + 8)
      if (batches.includes(batch)) bytes.fill(0, at, at + 61)
      at = end
    }
  })

test('a batch that the disk has damaged is told, never delivered, and what stands around it is', async () => {
  const topic = await app.freshTopic()
  for (const value of ['before', 'damaged', 'behind'])
    await app.produce({ topic, messages: [{ value: { string: value } }] })
  await damage(topic, 'damaged')
  for (const [, open] of transports) {
    await using client = open(app)
    using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    const { extensions } = await messages.failure()
    expect(valuesOf(messages.all)).toEqual(['before'])
    expect(extensions).toMatchObject({ code: 'CORRUPT_MESSAGE', partition: 0, fromOffset: '1', toOffset: '2' })
    using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
    expect(valuesOf([await resumed.next()])).toEqual(['behind'])
    using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
    const events = await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
    expect(events.map(({ messageStream }) => messageStream)).toMatchObject([
      { __typename: 'MessageBatch', messages: [{ offset: '0' }] },
      { __typename: 'StreamGap', reason: 'DECODE_LIMIT', fromOffset: '1', toOffset: '2' },
      { __typename: 'MessageBatch', messages: [{ offset: '2' }] },
      { __typename: 'CaughtUp' },
    ])
  }
})

test('a batch that hides all that follows costs no busy loop, and its neighbours are delivered', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  for (const string of ['before', 'endless', 'behind'])
    await app.produce({ topic, messages: [{ partition: 0, value: { string } }] })
  // The broker looks for what follows far beyond the end of the file, finds nothing, and says so without an error.
  await change(topic, bytes => bytes.writeInt32BE(0x7fffff00, 20 + bytes.readInt32BE(8)))
  await app.produce({ topic, messages: [{ partition: 1, value: { string: 'healthy' } }] })
  for (const [, open] of transports) {
    await using client = open(app)
    using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    expect(valuesOf([await messages.next(), await messages.next()]).toSorted()).toEqual(['before', 'healthy'])
    const calls = vi.spyOn(Link.prototype, 'call')
    await sleep(1000)
    expect(calls.mock.calls.filter(([{ apiKey }]) => apiKey === FETCH).length).toBeLessThan(30)
    calls.mockRestore()
  }
})

test('batches that the broker itself cannot find any more are told, and what it finds behind them is delivered', async () => {
  const topic = await app.freshTopic()
  // Each has an entry in the index of its own: a broker looks there for those behind the damage.
  const texts = ['0', '1', '2', '3', '4', '5', '6'].map(text => text.padEnd(8192, '.'))
  for (const string of texts) await app.produce({ topic, messages: [{ value: { string } }] })
  await empty(topic, [1, 2, 3])
  for (const [, open] of transports) {
    await using client = open(app)
    using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
    const events = await stream.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
    expect(events.map(({ messageStream }) => messageStream)).toMatchObject([
      { __typename: 'MessageBatch', messages: [{ offset: '0' }] },
      { __typename: 'StreamGap', reason: 'DECODE_LIMIT', fromOffset: '1', toOffset: '4' },
      { __typename: 'MessageBatch', messages: [{ offset: '4' }, { offset: '5' }, { offset: '6' }] },
      { __typename: 'CaughtUp' },
    ])
    using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    const { extensions } = await messages.failure()
    expect(extensions).toMatchObject({ code: 'CORRUPT_MESSAGE', partition: 0, fromOffset: '1', toOffset: '4' })
  }
})
