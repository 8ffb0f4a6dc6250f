import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { describeTopic } from '../support/topic-tool.ts'
import { refusalsOf, refusedStream } from './support/refusals.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

/** Settings with deadlines that a test can wait for. */
const SHORT = { KAFKA_TIMEOUT_MS: '2000', PRODUCE_TIMEOUT_MS: '2000', SUBSCRIBE_WAIT_MS: '1000' }
let kafka: LocalKafka

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
})

afterAll(async () => {
  await kafka?.close()
})

const PRODUCE =
  'mutation { produce(input: { topic: "t", messages: [{}] }) { results { offset } errors { code message path } } }'

/**
 * Checks that every request is answered in time and with a typed error, and that the program reports why it is not
 * ready.
 */
const answersWithoutKafka = async (product: Product): Promise<void> => {
  expect((await fetch(`${product.origin}/livez`)).status).toBe(200)
  const { status, reasons } = await product.readyz()
  expect([status, reasons]).toEqual([503, [expect.stringContaining('Kafka does not answer')]])
  const unavailable = { code: 'KAFKA_UNAVAILABLE', errorCode: -1, retriable: true }
  const refused = [expect.objectContaining({ extensions: unavailable })]
  const fields = ['cluster { clusterId }', 'topic(name: "t") { name }', 'topics { totalCount }']
  const create = 'mutation { createTopics(topics: [{ name: "t" }]) { errors { code message path } } }'
  const began = performance.now()
  const [answers, created, produced, error] = await Promise.all([
    Promise.all(fields.map(field => product.run(`{ ${field} }`))),
    product.run(create),
    product.run(PRODUCE),
    refusedStream(product, 'subscription { messages(topic: "t") { offset } }'),
  ])
  console.info(`all answered after ${Math.round(performance.now() - began)} ms, deadlines of 2000 ms`)
  for (const { errors } of answers) expect(errors).toEqual(refused)
  expect(refusalsOf(created, 'createTopics')).toEqual([expect.stringMatching(/^KAFKA_UNAVAILABLE at topics\.0: /)])
  expect(refusalsOf(produced, 'produce')).toEqual([
    expect.stringMatching(/^(KAFKA_UNAVAILABLE|REQUEST_TIMED_OUT) at input\.messages\.0: /),
  ])
  expect(error.extensions).toMatchObject(unavailable)
}

const isEnsured = async (product: Product, topic: string): Promise<void> => {
  await product.ready
  await untilReady(product)
  expect(await describeTopic(kafka, topic)).toMatchObject({ partitionCount: 3, configs: { 'retention.ms': '60000' } })
  const { data } = await product.run(`{ topic(name: "${topic}") { partitionCount } }`)
  expect(data).toEqual({ topic: { partitionCount: 3 } })
}

describe('started without Kafka, the program listens, returns typed errors in time and recovers by itself', () => {
  test('if nothing listens on the port at first', async () => {
    const topic = freshTopicName('late')
    await kafka.stopNode(1)
    const began = performance.now()
    await using product = await startProduct(kafka.bootstrapServers, {
      ...SHORT,
      TOPICS: `${topic}:3:1:retention.ms=60000`,
    })
    console.info(`listening after ${Math.round(performance.now() - began)} ms, without Kafka`)
    await using bare = await startProduct(kafka.bootstrapServers, SHORT)
    let isReady = false
    const ready = bare.ready.then(() => {
      isReady = true
    })
    await eventually(() => answersWithoutKafka(product))
    expect(isReady, 'without topics to ensure').toBe(false)
    await kafka.startNode(1)
    await isEnsured(product, topic)
    await ready
  })

  test('if the port accepts connections but does not answer at first', async () => {
    const topic = freshTopicName('late')
    kafka.pauseNode(1)
    try {
      await using product = await startProduct(kafka.bootstrapServers, {
        ...SHORT,
        TOPICS: `${topic}:3:1:retention.ms=60000`,
      })
      await eventually(() => answersWithoutKafka(product))
      kafka.resumeNode(1)
      await isEnsured(product, topic)
    } finally {
      kafka.resumeNode(1)
    }
  })

  test('if the peer is not Kafka', async () => {
    const noise = createServer(socket => {
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    })
    await new Promise<void>(resolve => noise.listen(0, '127.0.0.1', resolve))
    const address = noise.address()
    const port = typeof address === 'object' ? address?.port : 0
    try {
      await using product = await startProduct(`127.0.0.1:${port}`, { ...SHORT, TOPICS: 'a:1:1' })
      await eventually(() => answersWithoutKafka(product))
    } finally {
      noise.close()
    }
  })
})
