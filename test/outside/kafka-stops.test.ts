import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { consoleConsume, getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { countsOf, startLoad, startReading } from './support/load.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

/** Shorter than every outage here, so that some messages reach their deadline during it. */
const DEADLINE_MS = 2000
const PARTITIONS = 2
let kafka: LocalKafka
let product: Product

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  const deadline = String(DEADLINE_MS)
  product = await startProduct(kafka.bootstrapServers, { KAFKA_TIMEOUT_MS: deadline, PRODUCE_TIMEOUT_MS: deadline })
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  await kafka?.close()
})

/** During the outage: not ready, with the reason; queries get typed errors. */
const tellsOutage = async (topic: string): Promise<void> => {
  await eventually(async () => {
    const { status, reasons } = await product.readyz()
    expect([status, reasons]).toEqual([503, [expect.stringContaining('Kafka does not answer')]])
  })
  const { errors } = await product.run(`{ topic(name: "${topic}") { partitions { latestOffset } } }`)
  expect(errors?.map(({ extensions }) => extensions)).toContainEqual({
    code: 'KAFKA_UNAVAILABLE',
    errorCode: -1,
    retriable: true,
  })
}

/** Runs a load and a subscription through an outage of all of Kafka. */
const outlives = async (outage: { begin(): Promise<void>; end(): Promise<void> }): Promise<void> => {
  const topic = freshTopicName('stops')
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS })
  await using reading = startReading(product, topic)
  await eventually(async () => expect(await product.metric('kafka_graphql_feeds')).toBe(1))
  const load = startLoad(product, topic, PARTITIONS)
  await eventually(() => expect(load.acked()).toBeGreaterThan(100))
  await outage.begin()
  await tellsOutage(topic)
  await sleep(DEADLINE_MS)
  const before = load.acked()
  await outage.end()
  await eventually(() => expect(load.acked()).toBeGreaterThan(before + 100), { within: 60_000 })
  await untilReady(product)
  await load.stop()
  console.info(`${countsOf(load.told)}; longest answer ${Math.max(...load.took)} ms, deadline ${DEADLINE_MS} ms`)
  const written = [...(await getOffsets(kafka, topic)).values()].reduce((sum, end) => sum + Number(end), 0)
  await eventually(() => expect(reading.read()).toHaveLength(written))
  expect(judge(load.told, reading.read())).toEqual(ALL_KEPT)
  const byTool = await consoleConsume(kafka, topic, { maxMessages: written })
  const inOrder = (partition: number, list: readonly { partition: number; value: string | null }[]) =>
    list.filter(one => one.partition === partition).map(({ value }) => value)
  for (let one = 0; one < PARTITIONS; one++) expect(inOrder(one, reading.read())).toEqual(inOrder(one, byTool))
  expect(load.told.filter(({ told }) => told !== 'ACKED')).not.toEqual([])
}

describe('an outage of Kafka: typed errors in time, subscriptions wait and continue where they were', () => {
  test(
    'stopped in order and restarted',
    () => outlives({ begin: () => kafka.stopNode(1), end: () => kafka.startNode(1) }),
    120_000,
  )

  test(
    'killed and restarted',
    () => outlives({ begin: () => kafka.killNode(1), end: () => kafka.startNode(1) }),
    120_000,
  )

  test(
    'paused, with its sockets open',
    () => outlives({ begin: async () => kafka.pauseNode(1), end: async () => kafka.resumeNode(1) }),
    120_000,
  )
})
