import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { ClusterDocument, CreateTopicsDocument, DescribeTopicDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { describeTopic } from '../support/topic-tool.ts'
import { produceSteadily, readSteadily } from './steady-traffic.ts'

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const describe3 = async (name: string) => {
  const { topic } = await app.dataOf(DescribeTopicDocument, { name })
  if (topic === null) throw new Error(`no topic ${name}`)
  return topic
}

/** The partitions as `kafka-topics --describe` tells them, in the API's words. */
const asTheToolSays = async (name: string) => {
  const { partitions } = await describeTopic(kafka, name)
  return partitions.map(({ partition, leader, replicas, isr }) => ({
    partition,
    leader: leader === undefined ? null : { nodeId: leader },
    replicas: replicas.map((brokerId, index) => ({
      brokerId,
      isLeader: brokerId === leader,
      isPreferredLeader: index === 0,
      isInSync: isr.includes(brokerId),
    })),
    isr: [...isr].sort().map(brokerId => ({ brokerId })),
    isUnderReplicated: isr.length < replicas.length,
  }))
}

const agreesWithTheTool = async (name: string) => {
  const said = await asTheToolSays(name)
  const { partitions } = await describe3(name)
  const sorted = partitions.map(one => ({ ...one, isr: [...one.isr].sort((a, b) => a.brokerId - b.brokerId) }))
  expect(sorted).toMatchObject(said)
  return partitions
}

test('leaders, replicas and in-sync replicas are those of kafka-topics, and brokers count them', async () => {
  const created = await app.dataOf(CreateTopicsDocument, {
    topics: [
      { name: 'replicated', numPartitions: 4, replicationFactor: 3 },
      { name: 'assigned', replicasAssignments: [[2], [3, 1]] },
    ],
  })
  expect(created.createTopics.errors).toMatchObject([{ code: 'INVALID_REPLICA_ASSIGNMENT', path: ['topics', '1'] }])
  expect(created.createTopics.topics[0]).toEqual({ name: 'replicated', partitionCount: 4, replicationFactor: 3 })
  const again = await app.dataOf(CreateTopicsDocument, {
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
  await agreesWithTheTool('replicated')
  const assigned = await agreesWithTheTool('assigned')
  expect(assigned.map(({ replicas }) => replicas.map(({ brokerId }) => brokerId))).toEqual([
    [2, 3],
    [3, 1],
  ])
  const printed = await kafkaToolOutput(kafka, 'org.apache.kafka.tools.TopicCommand', ['--describe'])
  const rows = [...printed.matchAll(/Leader: (\d+)\s+Replicas: ([\d,]+)/g)].map(([, leader, replicas = '']) => ({
    leader: Number(leader),
    replicas: replicas.split(',').map(Number),
  }))
  const { cluster } = await app.dataOf(ClusterDocument)
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

test('when a leader dies, leader and ISR change as kafka-topics says, and a subscription goes on without a gap', async () => {
  const name = 'survivor'
  await app.dataOf(CreateTopicsDocument, { topics: [{ name, numPartitions: 3, replicationFactor: 3 }] })
  const before = (await describe3(name)).partitions[0]
  const victim = before?.leader?.nodeId ?? 0
  const reading = readSteadily(app, name)
  const producing = produceSteadily(app, name)
  await eventually(() => expect(reading.read.length).toBeGreaterThan(50))
  await kafka.killNode(victim)
  await eventually(async () => expect((await describe3(name)).partitions[0]?.isr).toHaveLength(2), { within: 30_000 })
  const toldBefore = producing.told.length
  await eventually(() => expect(producing.told.length).toBeGreaterThan(toldBefore + 50), { within: 30_000 })
  const partitions = await agreesWithTheTool(name)
  expect(partitions[0]?.leader?.nodeId).not.toBe(victim)
  expect(partitions[0]?.leaderEpoch).toBeGreaterThan(before?.leaderEpoch ?? 0)
  for (const partition of partitions) {
    expect(partition).toMatchObject({ isUnderReplicated: true, isUnderMinIsr: false })
    expect(partition.offlineReplicas).toEqual([{ brokerId: victim }])
    expect(partition.replicas.filter(({ isOffline }) => isOffline)).toMatchObject([
      { brokerId: victim, isInSync: false },
    ])
  }
  await kafka.startNode(victim)
  await eventually(
    async () => {
      const { partitions: healed } = await describe3(name)
      expect(healed.map(({ isUnderReplicated }) => isUnderReplicated)).toEqual([false, false, false])
    },
    { within: 30_000 },
  )
  const told = await producing.stop()
  await eventually(() => expect(reading.read.length).toBeGreaterThanOrEqual(told.length))
  expect(judge(told, reading.read)).toEqual(ALL_KEPT)
  expect(reading.failures).toEqual([])
  await reading.leave()
}, 120_000)
