import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers, KAFKA_TIMEOUT_MS: '2000' })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.close()
})

const saying = (topic: string, ...texts: readonly string[]) => ({
  topic,
  messages: texts.map(string => ({ partition: 0, value: { string } })),
})

const untilDark = () => eventually(async () => expect((await fetch(new URL('/readyz', app.url))).status).toBe(503))

test('subscriptions that resume or begin while Kafka is dark wait, and read on when it is back', async () => {
  const topic = await app.freshTopic({ numPartitions: 1 })
  const [first] = await app.produce(saying(topic, 'a', 'b'))
  await using ws = graphqlWs(app)
  await using sse = graphqlSse(app)
  await kafka.killNode(1)
  await untilDark()
  const after = first?.cursor
  const readers = [ws, sse].map(client => client.subscribe(MessagesDocument, { topic, after }))
  const stream = ws.subscribe(MessageStreamDocument, { input: { topics: [topic], after } })
  const begun = [ws, sse].map(client => client.subscribe(MessagesDocument, { topic, from: { earliest: true } }))
  const left = [after, undefined].map(cursor => ws.subscribe(MessagesDocument, { topic, after: cursor }))
  for (const reader of left) reader[Symbol.dispose]()
  await kafka.startNode(1)
  for (const reader of readers) expect(valuesOf(await reader.take(1))).toEqual(['b'])
  for (const reader of begun) expect(valuesOf(await reader.take(2))).toEqual(['a', 'b'])
  await eventually(() => app.produce(saying(topic, 'c')))
  for (const reader of [...readers, ...begun]) expect(valuesOf(await reader.take(1))).toEqual(['c'])
  const isLast = ({ messageStream: event }: (typeof stream.all)[number]) =>
    event.__typename === 'MessageBatch' && event.messages.some(({ offset }) => offset === '2')
  expect((await stream.until(isLast)).at(0)?.messageStream.__typename).toBe('MessageBatch')
  await app.untilStreams(5)
}, 90_000)

/** Every subscription to changes; `t` and `g` are there, or come into being. */
const changesOf = (topic: string) => [
  'topicChanged { __typename }',
  `partitionChanged(topics: ["${topic}"]) { __typename }`,
  'brokerChanged { __typename }',
  'clusterHealth { __typename }',
  `topicThroughput(topics: ["${topic}"]) { __typename }`,
  `partitionReassignment(topics: ["${topic}"]) { __typename }`,
  'groupChanged { __typename }',
  'consumerGroupLag { __typename }',
]

test('live changes that are asked for while Kafka is dark wait for it, and pings are answered meanwhile', async () => {
  const topic = await app.freshTopic({ numPartitions: 1 })
  await kafka.killNode(1)
  await untilDark()
  using client = await openSocket(app.socketUrl)
  for (const [index, field] of changesOf(topic).entries()) client.subscribe(String(index), `subscription { ${field} }`)
  client.subscribe('left', 'subscription { topicChanged { __typename } }')
  client.send({ type: 'complete', id: 'left' })
  client.send({ type: 'ping' })
  expect(await client.next()).toEqual({ type: 'pong' })
  await kafka.startNode(1)
  const refused = () => client.messages.filter(({ type }) => type === 'error' || type === 'complete')
  await eventually(
    async () => expect([await app.metric('watches'), refused()]).toEqual([changesOf(topic).length, []]),
    { within: 30_000 },
  )
  client[Symbol.dispose]()
  await eventually(async () => expect(await app.metric('watches')).toBe(0))
}, 90_000)

test('a new subscription fails with a retriable error when Kafka stays away; queries and /readyz answer at once', async () => {
  const port = await freePort()
  const settings = { KAFKA_BROKERS: `127.0.0.1:${port}`, PORT: '0', LOG_LEVEL: 'silent', KAFKA_TIMEOUT_MS: '500' }
  const config = readConfig([], { ...settings, SUBSCRIBE_WAIT_MS: '1000' })
  await using alone = await startApp(config, { logger: silentLogger })
  await using ws = graphqlWs({ socketUrl: alone.url.replace('http', 'ws') })
  await using sse = graphqlSse(alone)
  const unavailable = { code: 'KAFKA_UNAVAILABLE', retriable: true }
  for (const client of [ws, sse])
    for (const field of ['messages(topic: "t") { offset }', ...changesOf('t')]) {
      const reader = client.subscribe(`subscription { ${field} }`)
      expect((await reader.failure()).extensions, field).toMatchObject(unavailable)
    }
  expect((await fetch(new URL('/readyz', alone.url))).status).toBe(503)
  // Nobody comes while it leaves: what waits is closed.
  const waiting = graphqlSse(alone).subscribe('subscription { brokerChanged { __typename } }')
  await alone[Symbol.asyncDispose]()
  expect((await waiting.failure()).message).not.toBe('')
}, 90_000)
