import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { MessageStreamDocument, MessagesDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
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

test('who comes back with a cursor while Kafka is dark waits, and reads on when it is back; who begins is told', async () => {
  const topic = await app.freshTopic({ numPartitions: 1 })
  const [first] = await app.produce(saying(topic, 'a', 'b'))
  await using ws = graphqlWs(app)
  await using sse = graphqlSse(app)
  await kafka.killNode(1)
  await eventually(async () => expect((await fetch(new URL('/readyz', app.url))).status).toBe(503))
  const after = first?.cursor
  const readers = [ws, sse].map(client => client.subscribe(MessagesDocument, { topic, after }))
  const stream = ws.subscribe(MessageStreamDocument, { input: { topics: [topic], after } })
  const left = ws.subscribe(MessagesDocument, { topic, after })
  const begins = ws.subscribe(MessagesDocument, { topic })
  expect((await begins.failure()).extensions).toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
  await sleep(3000)
  left[Symbol.dispose]()
  await kafka.startNode(1)
  for (const reader of readers) expect(valuesOf(await reader.take(1))).toEqual(['b'])
  await eventually(() => app.produce(saying(topic, 'c')))
  for (const reader of readers) expect(valuesOf(await reader.take(1))).toEqual(['c'])
  const isLast = ({ messageStream: event }: (typeof stream.all)[number]) =>
    event.__typename === 'MessageBatch' && event.messages.some(({ offset }) => offset === '2')
  expect((await stream.until(isLast)).at(0)?.messageStream.__typename).toBe('MessageBatch')
  await app.untilStreams(3)
}, 90_000)
