import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../../src/kafka/errors/kafka-error.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'

const PARTITIONS = 3
const ELECTED_WITHIN_MS = 60_000

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.close()
})

const operation = (name: string): string =>
  readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8')

const document = operation('live-metadata')

interface Change {
  readonly partitionChanged: {
    readonly __typename: string
    readonly partition: { readonly partition: number; readonly topic: { readonly name: string } }
    readonly from?: number
    readonly to?: number
    readonly leaderEpoch?: number
    readonly removed?: readonly number[]
    readonly isr?: readonly number[]
  }
}

interface Move {
  readonly partitionReassignment: {
    readonly replicas: readonly number[]
    readonly addingReplicas: readonly number[]
    readonly removingReplicas: readonly number[]
  }
}

/**
 * Checks the topic every 20 ms, bypassing every cache, until its first partition has another leader. Returns the time,
 * epoch ms.
 */
const elected = async (name: string, killed: number): Promise<number> => {
  await using own = openKafka(kafka.bootstrapServers)
  const deadline = Date.now() + ELECTED_WITHIN_MS
  while (Date.now() < deadline) {
    const [topic] = await own.freshCatalog.describeTopics(testCall, [toTopicName(name)])
    const leader = topic === undefined || isFailure(topic) ? null : topic.partitions[0]?.leader
    if (leader != null && leader !== killed) return Date.now()
    await sleep(20)
  }
  throw new Error('no other leader was elected')
}

test('a killed leader, its broker that leaves and returns, and moving replicas are reported live', async () => {
  const name = await app.freshTopic({ numPartitions: PARTITIONS, replicationFactor: 3 })
  const lonely = await app.freshTopic({ replicasAssignments: [[1]] })
  await using webSocket = graphqlWs(app)
  await using sse = graphqlSse(app)
  const changes = [webSocket, sse].map(client => client.subscribe<Change>(document, { topics: [name] }))
  const known = await app.dataOf<{ cluster: { brokers: readonly { id: string; nodeId: number }[] } }>(
    '{ cluster { brokers { id nodeId } } }',
  )
  const brokers = webSocket.subscribe<{ brokerChanged: object }>(operation('live-brokers'))
  const health = sse.subscribe<{ clusterHealth: { brokerCount: number; underReplicatedPartitionCount: number } }>(
    'subscription { clusterHealth(interval: "PT1S") { brokerCount underReplicatedPartitionCount } }',
  )
  await eventually(async () => expect(await app.metric('watches')).toBe(4))
  expect((await health.next()).clusterHealth.brokerCount).toBe(3)

  const described = await app.dataOf<{ topic: { partitions: { leader: { nodeId: number } }[] } }>(
    'query ($name: String!) { topic(name: $name) { partitions { leader { nodeId } } } }',
    { name },
  )
  const killed = described.topic.partitions[0]?.leader.nodeId ?? 0
  const arrivals = changes.map(async reader => {
    const isIt = ({ partitionChanged: change }: Change) =>
      change.__typename === 'LeaderChanged' && change.partition.partition === 0
    // Until the cluster elects there is nothing to report, and that takes longer than a reader waits for one event.
    const event = await eventually(() => reader.all.find(isIt) ?? Promise.reject(new Error('no LeaderChanged')), {
      within: ELECTED_WITHIN_MS,
      every: 5,
    })
    return { event, at: Date.now() }
  })
  const election = elected(name, killed)
  await kafka.killNode(killed)
  const electedAt = await election
  for (const { event, at } of await Promise.all(arrivals)) {
    console.log(`LeaderChanged came ${at - electedAt} ms after the cluster had elected`)
    expect(event.partitionChanged).toMatchObject({
      __typename: 'LeaderChanged',
      partition: { partition: 0, topic: { name } },
      from: killed,
    })
    expect(event.partitionChanged.to).not.toBe(killed)
    expect(event.partitionChanged.leaderEpoch).toBeGreaterThan(0)
  }
  await eventually(() => {
    for (const { all } of changes) {
      const removed = all.filter(({ partitionChanged }) => partitionChanged.removed?.includes(killed))
      expect(new Set(removed.map(({ partitionChanged }) => partitionChanged.partition.partition)).size).toBe(PARTITIONS)
    }
  })
  const isShort = (event: { clusterHealth: { brokerCount: number; underReplicatedPartitionCount: number } }) =>
    event.clusterHealth.brokerCount === 2 && event.clusterHealth.underReplicatedPartitionCount >= PARTITIONS
  await eventually(() => expect(health.all.some(isShort)).toBe(true))
  await eventually(() =>
    expect(brokers.all).toContainEqual({
      brokerChanged: {
        __typename: 'BrokerLeft',
        id: known.cluster.brokers.find(({ nodeId }) => nodeId === killed)?.id,
        nodeId: killed,
      },
    }),
  )

  // A replica is moved to a broker that is down, so the move waits for it.
  const other = [1, 2, 3].find(node => node !== killed) ?? 0
  const moving = killed === 1 ? await app.freshTopic({ replicasAssignments: [[other]] }) : lonely
  const moves = webSocket.subscribe<Move>(
    `subscription ($topics: [String!]) { partitionReassignment(topics: $topics) { replicas addingReplicas removingReplicas } }`,
    { topics: [moving] },
  )
  await eventually(async () => expect(await app.metric('watches')).toBe(5))
  await app.dataOf(
    `mutation ($reassignments: [ReassignmentInput!]!) {
      alterPartitionReassignments(reassignments: $reassignments) { errors { code message } }
    }`,
    { reassignments: [{ topic: moving, partition: 0, replicas: [killed] }] },
  )
  expect((await moves.next()).partitionReassignment).toMatchObject({ addingReplicas: [killed] })

  await kafka.startNode(killed)
  const isOver = ({ partitionReassignment: move }: Move) =>
    move.addingReplicas.length + move.removingReplicas.length === 0
  expect((await moves.until(isOver)).at(-1)?.partitionReassignment.replicas).toEqual([killed])
  await eventually(
    () =>
      expect(brokers.all).toContainEqual({
        brokerChanged: { __typename: 'BrokerJoined', broker: expect.objectContaining({ nodeId: killed }) },
      }),
    { within: 30_000 },
  )
  await eventually(
    () => {
      const back = changes[0]?.all.findLast(({ partitionChanged: one }) => one.partition.partition === 0 && one.isr)
      expect(back?.partitionChanged.isr).toContain(killed)
    },
    { within: 60_000 },
  )
}, 240_000)
