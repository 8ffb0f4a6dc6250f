import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PartitionDescription } from '../../src/kafka/cluster.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../src/kafkajs/create-kafka.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { codesOf, valueIn } from '../contract/outcome.ts'
import { openKafka, testLimits } from '../kafkajs/open-kafka.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { describeTopic } from '../support/topic-tool.ts'

let nodes: LocalKafka
let kafka: KafkaAdapter

beforeAll(async () => {
  nodes = await ownKafka({ nodes: 3 })
  // No cache: every read goes to the cluster.
  const catalog = { ...testLimits.catalog, metadataCacheMs: 0, configsCacheMs: 0 }
  kafka = openKafka(nodes.bootstrapServers, { limits: { catalog } })
})

afterAll(async () => {
  await kafka?.[Symbol.asyncDispose]()
  await nodes?.close()
})

let name: TopicName

beforeEach(async () => {
  name = toTopicName(freshTopicName('fault'))
  const wanted = { name, numPartitions: 3, replicationFactor: 3, replicaAssignments: null, configs: [] }
  expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [wanted]))).toEqual([null])
})

const partitionsOf = async (topic = name): Promise<readonly PartitionDescription[]> =>
  valueIn((await kafka.catalog.describeTopics(testCall, [topic]))[0]).partitions

const leadersOf = async (): Promise<readonly (number | null)[]> => (await partitionsOf()).map(({ leader }) => leader)

const leaderOfFirst = async (): Promise<number> => {
  const [leader] = await leadersOf()
  if (leader == null) throw new Error('the first partition has no leader')
  return leader
}

const allInSync = () =>
  eventually(
    async () => {
      for (const { isr, leader } of await partitionsOf()) {
        expect(isr).toHaveLength(3)
        expect(leader).not.toBeNull()
      }
    },
    { within: 60_000 },
  )

const latest = [0, 1, 2].map(partition => ({
  partition,
  at: 'latest' as const,
  isolationLevel: 'READ_COMMITTED' as const,
}))
const offsets = () =>
  kafka.catalog.listOffsets(
    testCall,
    latest.map(request => ({ ...request, topic: name })),
  )

describe('three nodes', () => {
  it("agree with Kafka's own description of a topic, and name the real controller", async () => {
    const printed = await describeTopic(nodes, name)
    expect(
      (await partitionsOf()).map(({ partition, leader, replicas, isr }) => ({ partition, leader, replicas, isr })),
    ).toEqual(printed.partitions)
    const answers = await Promise.all(Array.from({ length: 6 }, () => kafka.catalog.describeCluster(testCall)))
    expect(new Set(answers.map(({ controllerId }) => controllerId)).size).toBe(1)
    expect(answers[0]?.brokers.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3])
  })

  it('a new topic is known through each of them', async () => {
    for (const { host, port } of nodes.nodes) {
      await using alone = openKafka(`${host}:${port}`)
      expect(codesOf(await alone.catalog.describeTopics(testCall, [name]))).toEqual([null])
    }
    expect(codesOf(await offsets())).toEqual([null, null, null])
  })

  it('a paused broker blocks nothing: descriptions and changes bypass it', async () => {
    const stopped = await leaderOfFirst()
    const other = toTopicName(freshTopicName('fault'))
    nodes.pauseNode(stopped)
    try {
      for (let look = 0; look < 5; look++) {
        expect(codesOf(await kafka.catalog.describeTopics(testCall, [name]))).toEqual([null])
        expect((await kafka.catalog.describeCluster(testCall)).brokers.length).toBeGreaterThan(1)
      }
      // Led by the other brokers: news of its own partitions may wait for the stopped broker, its creation may not.
      const replicaAssignments = [[1, 2, 3].filter(node => node !== stopped)]
      const wanted = { name: other, numPartitions: null, replicationFactor: null, replicaAssignments, configs: [] }
      await eventually(
        async () => {
          const codes = codesOf(await kafka.topicAdmin.createTopics(testCall, [wanted]))
          expect(['TOPIC_ALREADY_EXISTS', null]).toContain(codes[0])
          // If the stopped broker is the controller too, the others keep naming it for 30 s.
        },
        { within: 50_000 },
      )
      expect(await partitionsOf(other)).toHaveLength(1)
      await eventually(async () => expect(await leadersOf()).not.toContain(stopped))
      expect(codesOf(await offsets())).toEqual([null, null, null])
    } finally {
      nodes.resumeNode(stopped)
    }
    await allInSync()
  }, 120_000)

  it('a paused controller hides only the leader of the quorum', async () => {
    const stopped = (await kafka.catalog.describeCluster(testCall)).controllerId ?? 0
    nodes.pauseNode(stopped)
    try {
      // Brokers keep naming the old controller for 30 s, although a new one is elected: until then no broker reports
      // it.
      await eventually(async () => {
        const { controllerId, brokers } = await kafka.catalog.describeCluster(testCall)
        expect(codesOf(await kafka.catalog.describeTopics(testCall, [name]))).toEqual([null])
        expect(controllerId).not.toBe(stopped)
        expect(brokers.map(({ nodeId }) => nodeId)).not.toContain(stopped)
      })
    } finally {
      nodes.resumeNode(stopped)
    }
    await eventually(async () =>
      expect([1, 2, 3]).toContain((await kafka.catalog.describeCluster(testCall)).controllerId),
    )
    await allInSync()
  })

  it('a killed leader is replaced by another one, and leaves the ISR', async () => {
    const killed = await leaderOfFirst()
    const epoch = (await partitionsOf())[0]?.leaderEpoch ?? -1
    await nodes.killNode(killed)
    try {
      await eventually(
        async () => {
          const partitions = await partitionsOf()
          for (const { leader, isr, replicas, offlineReplicas } of partitions) {
            expect(leader).not.toBeNull()
            expect(leader).not.toBe(killed)
            expect(isr).not.toContain(killed)
            expect(replicas).toContain(killed)
            expect(offlineReplicas).toEqual([killed])
          }
          // In the same response: the next one may come from a broker that does not know it yet.
          expect(partitions[0]?.leaderEpoch).toBeGreaterThan(epoch)
        },
        { within: 30_000 },
      )
      expect(codesOf(await offsets())).toEqual([null, null, null])
      const { brokers, controllerId } = await kafka.catalog.describeCluster(testCall)
      expect(brokers.map(({ nodeId }) => nodeId)).not.toContain(killed)
      expect(controllerId).not.toBe(killed)
      const configs = await kafka.catalog.describeConfigs(testCall, [{ type: 'BROKER', name: String(killed) }])
      expect(codesOf(configs)).toEqual(['BROKER_NOT_AVAILABLE'])
    } finally {
      await nodes.startNode(killed)
    }
    await allInSync()
  })

  it('a partition whose only replica is down has no leader; its offset fails with an error, its neighbours have theirs', async () => {
    const lonely = toTopicName(freshTopicName('fault'))
    const [down = 0, up = 0] = (await kafka.catalog.describeCluster(testCall)).brokers.map(({ nodeId }) => nodeId)
    const wanted = {
      name: lonely,
      numPartitions: null,
      replicationFactor: null,
      replicaAssignments: [[down], [up]],
      configs: [],
    }
    expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [wanted]))).toEqual([null])
    await nodes.stopNode(down)
    try {
      await eventually(async () => expect((await partitionsOf(lonely)).map(({ leader }) => leader)).toEqual([null, up]))
      const asked = latest.slice(0, 2).map(request => ({ ...request, topic: lonely }))
      expect(codesOf(await kafka.catalog.listOffsets(testCall, asked))).toEqual(['LEADER_NOT_AVAILABLE', null])
    } finally {
      await nodes.startNode(down)
    }
  })
})
