import { print } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { DescribeTopicDocument, type DescribeTopicQuery } from '../generated/operations.ts'
import { countsOf, startLoad, startReading } from '../outside/support/load.ts'
import { refusalsOf } from '../outside/support/refusals.ts'
import { type Product, startProduct, untilReady } from '../outside/support/start-product.ts'
import { consoleConsume, getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { createTopicByTool, describeTopic } from '../support/topic-tool.ts'

const PARTITIONS = 3
let kafka: LocalKafka
let product: Product

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  product = await startProduct(kafka.bootstrapServers)
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  await kafka?.close()
})

/** What describe-topic shows of each partition. */
const describeByApi = async (name: string) => {
  const { data } = await product.run<DescribeTopicQuery>(print(DescribeTopicDocument), { name })
  return (data?.topic?.partitions ?? []).map(
    ({ partition, leader, leaderEpoch, replicas, isr, isUnderReplicated, isUnderMinIsr }) => ({
      partition,
      leader: leader?.nodeId,
      epoch: leaderEpoch ?? -1,
      replicas: replicas.map(({ brokerId }) => brokerId),
      isr: isr.map(({ brokerId }) => brokerId),
      isUnderReplicated,
      isUnderMinIsr,
    }),
  )
}

/** The API and Kafka's own tool say the same about leaders, replicas and in-sync replicas. */
const agreesWithTool = async (name: string): Promise<void> => {
  const [shown, printed] = await Promise.all([describeByApi(name), describeTopic(kafka, name)])
  const same = shown.map(({ partition, leader, replicas, isr }) => ({ partition, leader, replicas, isr }))
  expect(same).toEqual(printed.partitions)
}

const allInSync = (name: string) =>
  eventually(async () => expect((await describeByApi(name)).map(({ isr }) => isr.length)).toEqual([3, 3, 3]), {
    within: 60_000,
  })

test('a leader is killed while a subscription and produce run: nothing is lost, doubled or out of order', async () => {
  const topic = freshTopicName('product')
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS, replicationFactor: 3 })
  await agreesWithTool(topic)
  const before = await describeByApi(topic)
  const killed = before[0]?.leader ?? 0
  await using reading = startReading(product, topic)
  const load = startLoad(product, topic, PARTITIONS)
  await eventually(() => expect(load.acked()).toBeGreaterThan(200), { within: 30_000 })
  await kafka.killNode(killed)
  await eventually(
    async () => {
      const now = await describeByApi(topic)
      expect(now.map(({ leader }) => leader)).not.toContain(killed)
      expect(now.flatMap(({ isr }) => isr)).not.toContain(killed)
      expect(now[0]?.epoch).toBeGreaterThan(before[0]?.epoch ?? 0)
      for (const { replicas, isUnderReplicated, isUnderMinIsr } of now)
        expect({ replicas: replicas.length, isUnderReplicated, isUnderMinIsr }).toEqual({
          replicas: 3,
          isUnderReplicated: true,
          isUnderMinIsr: false,
        })
    },
    { within: 30_000 },
  )
  await agreesWithTool(topic)
  const acked = load.acked()
  await eventually(() => expect(load.acked()).toBeGreaterThan(acked + 200), { within: 30_000 })
  await kafka.startNode(killed)
  await allInSync(topic)
  await load.stop()
  console.info(`leader killed: ${countsOf(load.told)}; longest answer ${Math.max(...load.took)} ms`)
  const written = [...(await getOffsets(kafka, topic)).values()].reduce((sum, end) => sum + Number(end), 0)
  await eventually(() => expect(reading.read()).toHaveLength(written))
  expect(judge(load.told, reading.read())).toEqual(ALL_KEPT)
  const byTool = await consoleConsume(kafka, topic, { maxMessages: written })
  const places = (list: readonly { partition: number; offset: bigint; value: string | null }[]) =>
    list.map(({ partition, offset, value }) => `${partition}@${offset} ${value}`).sort()
  expect(places(reading.read())).toEqual(places(byTool))
  expect(load.told.filter(({ told }) => told !== 'ACKED')).toEqual([])
}, 180_000)

const PRODUCE = `mutation ($topic: String!, $acks: Acks) {
  produce(input: { topic: $topic, acks: $acks, messages: [{ partition: 0, value: { string: "x" } }] }) {
    results { offset } errors { code errorCode retriable message path }
  }
}`

test('with two of three replicas stopped, acks ALL is NOT_ENOUGH_REPLICAS, typed and written nowhere', async () => {
  const topic = freshTopicName('product')
  const configs = { 'min.insync.replicas': '2' }
  await createTopicByTool(kafka, topic, { partitions: 1, replicationFactor: 3, configs })
  const leader = (await describeByApi(topic))[0]?.leader
  const followers = [1, 2, 3].filter(node => node !== leader)
  expect(refusalsOf(await product.run(PRODUCE, { topic }), 'produce')).toEqual([])
  try {
    // In good order: each leaves the ISR while a majority of controllers can still say so.
    for (const node of followers) await kafka.stopNode(node)
    const told = await product.run<{ produce: object }>(PRODUCE, { topic })
    expect(told.data?.produce).toMatchObject({
      results: [null],
      errors: [{ code: 'NOT_ENOUGH_REPLICAS', errorCode: 19, retriable: true, path: ['input', 'messages', '0'] }],
    })
    console.info(`two of three stopped: ${refusalsOf(told, 'produce')}`)
  } finally {
    await Promise.all(followers.map(node => kafka.startNode(node)))
  }
  await eventually(async () => expect((await describeByApi(topic))[0]?.isr).toHaveLength(3), { within: 60_000 })
  const later = await product.run(PRODUCE, { topic })
  expect(later.data?.produce).toMatchObject({ results: [{ offset: '1' }], errors: [] })
}, 120_000)

test('min.insync.replicas above the replication factor refuses nothing: Kafka 4 counts it as the replication factor', async () => {
  const topic = freshTopicName('product')
  await createTopicByTool(kafka, topic, { replicationFactor: 1, configs: { 'min.insync.replicas': '3' } })
  const told = await product.run(PRODUCE, { topic })
  expect(told.data?.produce).toMatchObject({ results: [{ offset: '0' }], errors: [] })
})
