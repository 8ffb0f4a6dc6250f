import { readdir, readFile, readlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { graphqlWs, transports } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** Everything that a subscription holds is given back within 5 s. */
const untilNothingIsHeld = () =>
  eventually(
    async () => {
      const names = ['feeds', 'tails', 'followed_partitions', 'ring_bytes']
      const held = await Promise.all(names.map(name => app.metric(name)))
      expect(held).toEqual([0, 0, 0, 0])
      for (const transport of ['websocket', 'sse'])
        expect(await app.metric(`subscriptions{transport="${transport}"}`)).toBe(0)
    },
    // Timers of a busy machine are late.
    { within: 8000 },
  )

const groupIds = async () => {
  const printed = await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
    '--list',
  ])
  return printed.split('\n').filter(Boolean)
}

test('no consumer group and no committed offset appears on the cluster', async () => {
  const before = await groupIds()
  const topic = await app.freshTopic({ numPartitions: 2 })
  await app.produce({ topic, messages: [{ value: { string: 'stored' } }] })
  for (const [, open] of transports) {
    await using client = open(app)
    using messages = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    using stream = client.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
    await Promise.all([messages.next(), stream.next()])
  }
  await using client = graphqlWs(app)
  using live = client.subscribe(MessagesDocument, { topic })
  await app.untilStreams(1)
  // Other tests may use groups of their own: none of the new ones is ours, which reads right now.
  const added = (await groupIds()).filter(id => !before.includes(id))
  expect(added.filter(id => id.includes('graphql') || id.includes(topic))).toEqual([])
  await app.produce({ topic, messages: [{ value: { string: 'live' } }] })
  expect(valuesOf([await live.next()])).toEqual(['live'])
})

describe('a client that goes away while its topic is quiet frees its fetch', () => {
  const openAll = () => transports.map(([, open]) => open(app))

  test('its connection destroyed, over every transport', async () => {
    const topic = await app.freshTopic()
    const clients = openAll()
    for (const client of clients) {
      client.subscribe(MessagesDocument, { topic })
      client.subscribe(MessageStreamDocument, { input: { topics: [topic] } })
    }
    await app.untilStreams(6)
    await eventually(async () => expect(await app.metric('followed_partitions')).toBe(1))
    for (const client of clients) client.cut()
    await app.untilStreams(0)
    await untilNothingIsHeld()
  })

  test('its subscription ended, over every transport', async () => {
    const topic = await app.freshTopic()
    const readers = openAll().map(client => client.subscribe(MessagesDocument, { topic }))
    await app.untilStreams(3)
    for (const reader of readers) reader[Symbol.dispose]()
    await app.untilStreams(0)
    await untilNothingIsHeld()
  })

  test('while its subscription is being opened', async () => {
    const topic = await app.freshTopic()
    for (const afterMs of [0, 2, 5, 10, 20, 40]) {
      const clients = openAll()
      for (const client of clients) {
        for (let count = 0; count < 10; count++) client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
      }
      await sleep(afterMs)
      for (const client of clients) client.cut()
    }
    await untilNothingIsHeld()
  })

  test('in the middle of a long catch-up that it does not read', async () => {
    const topic = await app.freshTopic()
    const value = { string: 'x'.repeat(50_000) }
    for (let round = 0; round < 20; round++) {
      await app.produce({ topic, messages: Array.from({ length: 20 }, () => ({ value })) })
    }
    const { hostname, port, pathname } = new URL(app.url)
    const query =
      'subscription ($topic: String!) { messages(topic: $topic, from: { earliest: true }) { value { string } } }'
    const asked = `${pathname}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify({ topic }))}`
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('error', () => undefined)
    socket.write(`GET ${asked} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/event-stream\r\n\r\n`)
    socket.pause()
    await app.untilStreams(1)
    socket.destroy()
    await untilNothingIsHeld()
  })
})

/** Established TCP connections of this process, in which the program runs, to the broker; counted by the operating system. */
const socketsToKafka = async (): Promise<number> => {
  const port = Number(app.kafka.bootstrapServers.split(':')[1])
  const folder = '/proc/self/fd'
  const targets = await Promise.all(
    (await readdir(folder)).map(descriptor => readlink(`${folder}/${descriptor}`).catch(() => '')),
  )
  const own = new Set(targets.flatMap(target => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []))
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/self/net/${name}`, 'utf8')))
  const rows = tables.flatMap(table => table.trim().split('\n').slice(1)).map(row => row.trim().split(/\s+/))
  return rows.filter(
    ([, , remote, state, , , , , , inode]) =>
      state === '01' && Number.parseInt(remote?.split(':')[1] ?? '', 16) === port && own.has(inode ?? ''),
  ).length
}

test.runIf(process.platform === 'linux')(
  'a thousand subscribers of one topic cost the connections of one, and each gets every message',
  async () => {
    const topic = await app.freshTopic({ numPartitions: 2 })
    await using first = graphqlWs(app)
    const readers = [first.subscribe(MessagesDocument, { topic })]
    await app.untilStreams(1)
    await app.produce({ topic, messages: [{ value: { string: 'warm-up' } }] })
    await readers[0]?.next()
    const before = await socketsToKafka()
    expect(before).toBe(await app.metric('kafka_connections'))
    const clients = Array.from({ length: 999 }, () => graphqlWs(app))
    readers.push(...clients.map(client => client.subscribe(MessagesDocument, { topic })))
    await eventually(async () => expect(await app.metric('feeds')).toBe(1000), { within: 30_000 })
    expect(await app.metric('tails')).toBe(1)
    expect(await app.metric('followed_partitions')).toBe(2)
    const values = Array.from({ length: 10 }, (_, index) => `v-${index}`)
    for (const [index, value] of values.entries()) {
      await app.produce({ topic, messages: [{ partition: index % 2, value: { string: value } }] })
    }
    for (const reader of readers) expect(valuesOf(await reader.take(10)).sort()).toEqual(values)
    // One long poll, and one more for those that joined while it ran, to the one broker that leads: none a subscriber.
    expect((await socketsToKafka()) - before).toBeLessThanOrEqual(2)
    await Promise.all([...clients, first].map(client => client[Symbol.asyncDispose]()))
    await untilNothingIsHeld()
  },
)
