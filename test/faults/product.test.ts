import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { readSteadily } from '../e2e/steady-traffic.ts'
import {
  ClusterDocument,
  CreateTopicsDocument,
  DescribeTopicDocument,
  MessageStreamDocument,
  PartitionChangesDocument,
} from '../generated/operations.ts'
import { countsOf, startLoad, startReading } from '../outside/support/load.ts'
import { refusalsOf } from '../outside/support/refusals.ts'
import { type Product, startProduct, untilReady } from '../outside/support/start-product.ts'
import { type Operation, textOf, type Variables } from '../support/app.ts'
import { consoleConsume, getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
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

/** The data of a response without errors. */
const dataOf = async <TData, TVariables extends Variables>(
  operation: Operation<TData, TVariables>,
  variables?: TVariables,
): Promise<TData> => {
  const { data, errors } = await product.run<TData>(textOf(operation), variables)
  if (errors || !data) throw new Error(JSON.stringify(errors))
  return data
}

/** The partition fields of describe-topic. */
const partitionsOf = async (name: string) => {
  const { topic } = await dataOf(DescribeTopicDocument, { name })
  if (topic === null) throw new Error(`no topic ${name}`)
  return topic.partitions
}

/**
 * Checks that the API and Kafka's own tool agree about leaders, replicas and in-sync replicas. Returns the API's
 * partitions.
 */
const agreesWithTool = async (name: string) => {
  const [shown, printed] = await Promise.all([partitionsOf(name), describeTopic(kafka, name)])
  const brief = shown.map(({ partition, leader, replicas, isr }) => ({
    partition,
    leader: leader?.nodeId,
    replicas: replicas.map(({ brokerId }) => brokerId),
    isr: isr.map(({ brokerId }) => brokerId),
  }))
  expect(brief).toEqual(printed.partitions)
  expect(shown).toMatchObject(
    printed.partitions.map(({ leader, replicas, isr }) => ({
      replicas: replicas.map((brokerId, index) => ({
        brokerId,
        isLeader: brokerId === leader,
        isPreferredLeader: index === 0,
        isInSync: isr.includes(brokerId),
      })),
      isUnderReplicated: isr.length < replicas.length,
    })),
  )
  return shown
}

test('leaders, replicas and in-sync replicas agree with kafka-topics, and brokers count them', async () => {
  const created = await dataOf(CreateTopicsDocument, {
    topics: [
      { name: 'replicated', numPartitions: 4, replicationFactor: 3 },
      { name: 'assigned', replicasAssignments: [[2], [3, 1]] },
    ],
  })
  expect(created.createTopics.errors).toMatchObject([{ code: 'INVALID_REPLICA_ASSIGNMENT', path: ['topics', '1'] }])
  expect(created.createTopics.topics[0]).toMatchObject({
    name: 'replicated',
    partitionCount: 4,
    replicationFactor: 3,
  })
  const again = await dataOf(CreateTopicsDocument, {
    topics: [
      {
        name: 'assigned',
        replicasAssignments: [
          [2, 3],
          [3, 1],
        ],
      },
    ],
  })
  expect(again.createTopics).toMatchObject({ topics: [{ partitionCount: 2, replicationFactor: 2 }], errors: [] })
  await agreesWithTool('replicated')
  const assigned = await agreesWithTool('assigned')
  expect(assigned.map(({ replicas }) => replicas.map(({ brokerId }) => brokerId))).toEqual([
    [2, 3],
    [3, 1],
  ])
  const printed = await kafkaToolOutput(kafka, 'org.apache.kafka.tools.TopicCommand', ['--describe'])
  const rows = [...printed.matchAll(/Leader: (\d+)\s+Replicas: ([\d,]+)/g)].map(([, leader, replicas = '']) => ({
    leader: Number(leader),
    replicas: replicas.split(',').map(Number),
  }))
  const { cluster } = await dataOf(ClusterDocument)
  expect(
    cluster?.brokers.map(({ nodeId, leaderCount, replicaCount }) => ({ nodeId, leaderCount, replicaCount })),
  ).toEqual(
    [1, 2, 3].map(nodeId => ({
      nodeId,
      leaderCount: rows.filter(({ leader }) => leader === nodeId).length,
      replicaCount: rows.filter(({ replicas }) => replicas.includes(nodeId)).length,
    })),
  )
  expect(cluster?.brokers.filter(({ isController }) => isController)).toMatchObject([cluster?.controller ?? {}])
})

test('when a leader is killed under load, nothing is lost, duplicated or out of order', async () => {
  const topic = freshTopicName('product')
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS, replicationFactor: 3 })
  const before = await agreesWithTool(topic)
  const killed = before[0]?.leader?.nodeId ?? 0
  await using reading = startReading(product, topic)
  const resuming = readSteadily(product, topic)
  const load = startLoad(product, topic, PARTITIONS)
  await eventually(() => expect(load.acked()).toBeGreaterThan(200), { within: 30_000 })
  await kafka.killNode(killed)
  await eventually(async () => showsDeath(await partitionsOf(topic), killed), { within: 30_000 })
  const after = await agreesWithTool(topic)
  expect(after[0]?.leaderEpoch).toBeGreaterThan(before[0]?.leaderEpoch ?? 0)
  const acked = load.acked()
  await eventually(() => expect(load.acked()).toBeGreaterThan(acked + 200), { within: 30_000 })
  await kafka.startNode(killed)
  await eventually(async () => showsHealth(await partitionsOf(topic)), { within: 60_000 })
  await load.stop()
  console.info(`leader killed: ${countsOf(load.told)}; longest answer ${Math.max(...load.took)} ms`)
  const written = [...(await getOffsets(kafka, topic)).values()].reduce((sum, end) => sum + Number(end), 0)
  await eventually(() => expect(reading.read()).toHaveLength(written))
  expect(judge(load.told, reading.read())).toEqual(ALL_KEPT)
  await eventually(() => expect(resuming.read).toHaveLength(written))
  expect(judge(load.told, resuming.read)).toEqual(ALL_KEPT)
  expect(resuming.failures).toEqual([])
  await resuming.leave()
  const byTool = await consoleConsume(kafka, topic, { maxMessages: written })
  const places = (list: readonly { partition: number; offset: bigint; value: string | null }[]) =>
    list.map(({ partition, offset, value }) => `${partition}@${offset} ${value}`).sort()
  expect(places(reading.read())).toEqual(places(byTool))
  expect(load.told.filter(({ told }) => told !== 'ACKED')).toEqual([])
}, 180_000)

type Partitions = Awaited<ReturnType<typeof partitionsOf>>

const showsDeath = (partitions: Partitions, killed: number): void => {
  expect(partitions.map(({ leader }) => leader?.nodeId)).not.toContain(killed)
  for (const { replicas, isr, offlineReplicas, isUnderReplicated, isUnderMinIsr } of partitions) {
    expect(isr.map(({ brokerId }) => brokerId)).not.toContain(killed)
    expect(isr).toHaveLength(2)
    expect({ replicas: replicas.length, isUnderReplicated, isUnderMinIsr }).toEqual({
      replicas: 3,
      isUnderReplicated: true,
      isUnderMinIsr: false,
    })
    expect(offlineReplicas).toEqual([{ brokerId: killed }])
    expect(replicas.filter(({ isOffline }) => isOffline)).toMatchObject([{ brokerId: killed, isInSync: false }])
  }
}

const showsHealth = (partitions: Partitions): void => {
  expect(partitions.map(({ isr }) => isr.length)).toEqual([3, 3, 3])
  expect(partitions.map(({ isUnderReplicated }) => isUnderReplicated)).toEqual([false, false, false])
}

/** Restarts every broker cleanly, the next one when all replicas are in sync again, as an upgrade does. */
const restartOneByOne = async (topic: string): Promise<void> => {
  for (const { nodeId } of kafka.nodes) {
    await kafka.stopNode(nodeId)
    await kafka.startNode(nodeId)
    await eventually(async () => showsHealth(await partitionsOf(topic)), { within: 60_000 })
  }
}

test('through a rolling restart everything is acknowledged and delivered once, and the live changes add up', async () => {
  const topic = freshTopicName('product')
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS, replicationFactor: 3 })
  await using sse = graphqlSse(product)
  await using webSocket = graphqlWs(product)
  const stream = sse.subscribe(MessageStreamDocument, { input: { topics: [topic], from: { earliest: true } } })
  const changes = webSocket.subscribe(PartitionChangesDocument, { topics: [topic] })
  await using reading = startReading(product, topic)
  const load = startLoad(product, topic, PARTITIONS)
  await eventually(() => expect(load.acked()).toBeGreaterThan(100), { within: 30_000 })
  await restartOneByOne(topic)
  await load.stop()
  console.info(`rolling restart: ${countsOf(load.told)}; longest answer ${Math.max(...load.took)} ms`)
  expect(load.told.filter(({ told }) => told !== 'ACKED')).toEqual([])
  await eventually(() => expect(reading.read()).toHaveLength(load.told.length))
  expect(judge(load.told, reading.read())).toEqual(ALL_KEPT)
  const streamed = () =>
    stream.all
      .flatMap(({ messageStream: event }) => (event.__typename === 'MessageBatch' ? event.messages : []))
      .map(({ partition, offset, value }) => ({ partition, offset: BigInt(offset), value: value?.string ?? '' }))
  await eventually(() => expect(streamed()).toHaveLength(load.told.length))
  expect(judge(load.told, streamed())).toEqual(ALL_KEPT)
  expect(stream.all.filter(({ messageStream: event }) => event.__typename === 'StreamGap')).toEqual([])
  const [toldIsr, toldLeaders] = [new Map<number, readonly number[]>(), new Map<number, number | undefined>()]
  await eventually(async () => {
    const shown = await partitionsOf(topic)
    const isr = new Map(shown.map(({ partition, isr }) => [partition, isr.map(({ brokerId }) => brokerId).sort()]))
    const leaders = new Map(shown.map(({ partition, leader }) => [partition, leader?.nodeId]))
    for (const { partitionChanged: change } of changes.all) {
      const { partition } = change.partition
      if (change.__typename === 'IsrChanged') toldIsr.set(partition, [...change.isr].sort())
      if (change.__typename === 'LeaderChanged') toldLeaders.set(partition, change.to ?? undefined)
    }
    expect({ isr: toldIsr, leaders: toldLeaders }).toEqual({ isr, leaders })
  })
}, 180_000)

const PRODUCE = `mutation ($topic: String!, $acks: Acks) {
  produce(input: { topic: $topic, acks: $acks, messages: [{ partition: 0, value: { string: "x" } }] }) {
    results { offset } errors { code errorCode retriable message path }
  }
}`

test('with two of three replicas stopped, acks ALL fails with NOT_ENOUGH_REPLICAS and writes nothing', async () => {
  const topic = freshTopicName('product')
  const configs = { 'min.insync.replicas': '2' }
  await createTopicByTool(kafka, topic, { partitions: 1, replicationFactor: 3, configs })
  const leader = (await partitionsOf(topic))[0]?.leader?.nodeId
  const followers = [1, 2, 3].filter(node => node !== leader)
  expect(refusalsOf(await product.run(PRODUCE, { topic }), 'produce')).toEqual([])
  try {
    // Cleanly: each leaves the ISR while a majority of controllers can still record that.
    for (const node of followers) await kafka.stopNode(node)
    const response = await product.run<{ produce: object }>(PRODUCE, { topic })
    expect(response.data?.produce).toMatchObject({
      results: [null],
      errors: [{ code: 'NOT_ENOUGH_REPLICAS', errorCode: 19, retriable: true, path: ['input', 'messages', '0'] }],
    })
    console.info(`two of three stopped: ${refusalsOf(response, 'produce')}`)
  } finally {
    await Promise.all(followers.map(node => kafka.startNode(node)))
  }
  await eventually(async () => expect((await partitionsOf(topic))[0]?.isr).toHaveLength(3), { within: 60_000 })
  const later = await product.run(PRODUCE, { topic })
  expect(later.data?.produce).toMatchObject({ results: [{ offset: '1' }], errors: [] })
}, 120_000)

test('min.insync.replicas above the replication factor refuses nothing: Kafka 4 counts it as the replication factor', async () => {
  const topic = freshTopicName('product')
  await createTopicByTool(kafka, topic, { replicationFactor: 1, configs: { 'min.insync.replicas': '3' } })
  const response = await product.run(PRODUCE, { topic })
  expect(response.data?.produce).toMatchObject({ results: [{ offset: '0' }], errors: [] })
})
