import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import {
  ClusterHealthDocument,
  CreateTopicsDocument,
  ElectLeadersDocument,
  PartitionReassignmentsDocument,
  ReassignPartitionsDocument,
} from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { describeTopic } from '../support/topic-tool.ts'

const TOOLS = 'org.apache.kafka.tools'
const patient = { within: 60_000 }
const MOVING = 'moving'

let kafka: LocalKafka
let app: TestApp
let files: TempDir

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  files = await tempDir()
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
  await files?.[Symbol.asyncDispose]()
})

/** Topics whose replicas are where the test wants them. */
const create = async (
  name: string,
  replicasAssignments: number[][],
  configs: { name: string; value: string }[] = [],
) => {
  const topics = [{ name, replicasAssignments, configs }]
  expect((await app.dataOf(CreateTopicsDocument, { topics })).createTopics.errors).toEqual([])
}

const fill = async (topic: string, megabytes: number) => {
  const value = { string: 'x'.repeat(10_000) }
  for (let part = 0; part < megabytes; part++) {
    await app.produce({ topic, messages: Array.from({ length: 100 }, () => ({ value })) })
  }
}

const reassign = async (replicas: number[] | null) => {
  const reassignments = [{ topic: MOVING, partition: 0, replicas }]
  return (await app.dataOf(ReassignPartitionsDocument, { reassignments })).alterPartitionReassignments
}

const movesOf = async (topics: string[] | null = null) =>
  (await app.dataOf(PartitionReassignmentsDocument, { topics })).cluster?.partitionReassignments ?? []

const health = async () => {
  const { cluster } = await app.dataOf(ClusterHealthDocument)
  if (!cluster?.health) throw new Error('no health')
  return cluster.health
}

/** Copying slowed down, or not any more. */
const throttle = async (bytesPerSecond: number | null) => {
  const change = bytesPerSecond === null ? ['--delete-config'] : ['--add-config']
  const rate = (name: string) => (bytesPerSecond === null ? name : `${name}=${bytesPerSecond}`)
  const rates = [rate('leader.replication.throttled.rate'), rate('follower.replication.throttled.rate')].join(',')
  const args = ['--alter', '--entity-type', 'brokers', '--entity-default', ...change, rates]
  await kafkaToolOutput(kafka, 'kafka.admin.ConfigCommand', args)
}

/** "moving-0: replicas: 2,3,1. adding: 3. removing: 1." as `kafka-reassign-partitions --list` prints it. */
const listedByTool = async () => {
  const printed = await kafkaToolOutput(kafka, `${TOOLS}.reassign.ReassignPartitionsCommand`, ['--list'])
  const ids = (text = '') => text.split(',').filter(Boolean).map(Number)
  return [
    ...printed.matchAll(/^(\S+)-(\d+): replicas: ([\d,]+)\.(?: adding: ([\d,]+)\.)?(?: removing: ([\d,]+)\.)?/gm),
  ].map(([, topic, partition, replicas, adding, removing]) => ({
    partition: { topic: { name: topic }, partition: Number(partition) },
    replicas: ids(replicas),
    addingReplicas: ids(adding),
    removingReplicas: ids(removing),
  }))
}

test('a move is begun, watched and cancelled, and is the one that kafka-reassign-partitions tells', async () => {
  const all = ['leader', 'follower'].map(who => ({ name: `${who}.replication.throttled.replicas`, value: '*' }))
  await create(MOVING, [[1, 2]], all)
  await fill(MOVING, 4)
  await throttle(20_000)

  const begun = await reassign([2, 3])
  const move = {
    partition: { topic: { name: MOVING }, partition: 0 },
    replicas: [2, 3, 1],
    addingReplicas: [3],
    removingReplicas: [1],
  }
  expect(begun).toMatchObject({ reassignments: [move], errors: [] })
  expect(await movesOf([MOVING])).toMatchObject([move])
  expect(await movesOf(['another'])).toEqual([])
  expect(await listedByTool()).toEqual([move])
  const { topic } = await app.dataOf<{ topic: unknown }>(
    `query ($topic: String!) { topic(name: $topic) { partition(id: 0) { reassignment { addingReplicas }
      replicas { brokerId size isInSync } } } }`,
    { topic: MOVING },
  )
  expect(topic).toMatchObject({
    partition: {
      reassignment: { addingReplicas: [3] },
      replicas: [{ brokerId: 2 }, { brokerId: 3, isInSync: false }, { brokerId: 1 }],
    },
  })

  expect(await reassign(null)).toEqual({ reassignments: [], errors: [] })
  expect(await movesOf()).toEqual([])
  expect((await describeTopic(kafka, MOVING)).partitions[0]?.replicas.toSorted()).toEqual([1, 2])
  expect((await reassign(null)).errors).toMatchObject([
    { code: 'NO_REASSIGNMENT_IN_PROGRESS', path: ['reassignments', '0'] },
  ])
})

test('a move that kafka-reassign-partitions begins is told, and once it is over it is told no more', async () => {
  const plan = join(files.path, 'plan.json')
  await writeFile(plan, JSON.stringify({ version: 1, partitions: [{ topic: MOVING, partition: 0, replicas: [3, 1] }] }))
  const args = ['--execute', '--reassignment-json-file', plan]
  await kafkaToolOutput(kafka, `${TOOLS}.reassign.ReassignPartitionsCommand`, args)
  expect(await movesOf([MOVING])).toMatchObject([{ addingReplicas: [3], removingReplicas: [2] }])
  await throttle(null)
  await eventually(async () => expect(await movesOf([MOVING])).toEqual([]), patient)
  const { partitions } = await describeTopic(kafka, MOVING)
  expect(partitions[0]).toMatchObject({ replicas: [3, 1] })
})

test('a move to fewer replicas is refused where the number must not change', async () => {
  const { alterPartitionReassignments } = await app.dataOf<{ alterPartitionReassignments: { errors: unknown } }>(
    `mutation ($topic: String!) { alterPartitionReassignments(allowReplicationFactorChange: false,
      reassignments: [{ topic: $topic, partition: 0, replicas: [1] }]) { errors { code path } } }`,
    { topic: MOVING },
  )
  expect(alterPartitionReassignments.errors).toEqual([
    { code: 'INVALID_REPLICATION_FACTOR', path: ['reassignments', '0'] },
  ])
})

/** Partitions as a flag of `kafka-topics --describe` singles them out. */
const singledOut = async (flag: string): Promise<readonly string[]> => {
  const printed = await kafkaToolOutput(kafka, `${TOOLS}.TopicCommand`, ['--describe', flag])
  return [...printed.matchAll(/Topic: (\S+)\s+Partition: (\d+)/g)].map(
    ([, topic, partition]) => `${topic}-${partition}`,
  )
}

const named = (partitions: readonly { topic: { name: string }; partition: number }[] | null) =>
  partitions?.map(({ topic, partition }) => `${topic.name}-${partition}`).sort()

/** The same lists as kafka-topics has. */
const agreesWithTheTool = async () => {
  const { cluster } = await app.dataOf<{ cluster: { health: { atMinIsrPartitions: Parameters<typeof named>[0] } } }>(
    '{ cluster { health { atMinIsrPartitions { topic { name } partition } } } }',
  )
  const found = await health()
  expect(named(found.offlinePartitions)).toEqual([...(await singledOut('--unavailable-partitions'))].sort())
  expect(named(found.underReplicatedPartitions)).toEqual(
    [...(await singledOut('--under-replicated-partitions'))].sort(),
  )
  expect(named(found.underMinIsrPartitions)).toEqual([...(await singledOut('--under-min-isr-partitions'))].sort())
  expect(named(cluster.health.atMinIsrPartitions)).toEqual([...(await singledOut('--at-min-isr-partitions'))].sort())
  return found
}

test('without a broker every field answers for the others, health is what kafka-topics says, and leaders go home', async () => {
  const victim = 2
  await create('three', [
    [2, 1, 3],
    [1, 2, 3],
  ])
  await create('strict', [[1, 2, 3]], [{ name: 'min.insync.replicas', value: '3' }])
  // The broker takes no more than a partition has replicas (KIP-966); kafka-topics takes the config as it stands.
  await create('single', [[2], [1]], [{ name: 'min.insync.replicas', value: '1' }])
  await fill('single', 1)
  await eventually(async () => expect((await health()).underReplicatedPartitionCount).toBe(0), patient)
  expect(await health()).toMatchObject({ brokerCount: 3, offlinePartitionCount: 0, underMinIsrPartitionCount: 0 })

  await kafka.killNode(victim)
  await eventually(async () => {
    expect(await health()).toMatchObject({ brokerCount: 2, offlinePartitionCount: 1 })
    expect(named((await health()).underMinIsrPartitions)).toEqual(['single-0', 'strict-0'])
  }, patient)
  const found = await agreesWithTheTool()
  expect(found.preferredLeaderImbalance).toBeGreaterThan(0)
  const { cluster } = await app.dataOf(ClusterHealthDocument)
  expect(cluster?.brokers).toMatchObject([1, 2, 3].map(nodeId => ({ nodeId, isFenced: nodeId === victim })))
  expect(cluster?.metadataQuorum?.voters.map(({ replicaId }) => replicaId)).toEqual([1, 2, 3])

  const answer = await app.ask<Record<string, unknown>>(`{
    cluster { brokers(includeFenced: true) { nodeId logDirs { replicaCount } } }
    single: topic(name: "single") { size partitions { size leader { nodeId } } }
    three: topic(name: "three") { size partition(id: 0) { replicas { brokerId size } } }
    topics(orderBy: { field: SIZE, direction: DESC }, filter: { names: ["moving", "three"] }) { nodes { name } }
  }`)
  expect(answer.data).toMatchObject({
    cluster: { brokers: [{ logDirs: [{}] }, { nodeId: victim, logDirs: null }, { logDirs: [{}] }] },
    single: { size: null, partitions: [{ size: null, leader: null }, { size: expect.any(String) }] },
    three: {
      size: '0',
      partition: { replicas: [{ size: null }, { brokerId: 1, size: '0' }, { brokerId: 3, size: '0' }] },
    },
    topics: { nodes: [{ name: 'moving' }, { name: 'three' }] },
  })
  const errorCodes = (answer.errors ?? []).map(({ extensions }) => extensions?.code).sort()
  expect(errorCodes).toEqual([
    'BROKER_NOT_AVAILABLE',
    'BROKER_NOT_AVAILABLE',
    'LEADER_NOT_AVAILABLE',
    'LEADER_NOT_AVAILABLE',
  ])

  await kafka.startNode(victim)
  await eventually(async () => expect((await health()).underReplicatedPartitionCount).toBe(0), patient)
  const wanted = { electionType: 'PREFERRED' as const, partitions: [{ topic: 'three', partition: 0 }] }
  expect((await app.dataOf(ElectLeadersDocument, wanted)).electLeaders).toMatchObject({
    electedCount: 1,
    partitions: [{ topic: { name: 'three' }, partition: 0, leader: { nodeId: victim } }],
    errors: [],
  })
  expect((await describeTopic(kafka, 'three')).partitions[0]?.leader).toBe(victim)
  await app.dataOf(ElectLeadersDocument, { electionType: 'PREFERRED' })
  const again = await app.dataOf(ElectLeadersDocument, wanted)
  expect(again.electLeaders.errors).toMatchObject([{ code: 'ELECTION_NOT_NEEDED', path: ['partitions', '0'] }])
  expect(await agreesWithTheTool()).toMatchObject({ offlinePartitionCount: 0, preferredLeaderImbalance: 0 })
}, 150_000)

test('an unclean election brings partitions back whose in-sync replicas are dead, here and by kafka-leader-election', async () => {
  await create(
    'unclean',
    [
      [1, 2],
      [1, 2],
    ],
    [{ name: 'min.insync.replicas', value: '1' }],
  )
  const partitions = async () => {
    const { topic } = await app.dataOf<{ topic: { partitions: { leader: unknown }[] } }>(`{ topic(name: "unclean") {
      partitions { leader { nodeId } isr { brokerId } isUnderMinIsr eligibleLeaderReplicas { brokerId }
        lastKnownEligibleLeaderReplicas { brokerId } } } }`)
    return topic.partitions
  }
  const both = (one: object) => expect.arrayContaining([expect.objectContaining(one), expect.objectContaining(one)])
  await kafka.killNode(2)
  await eventually(async () => expect(await partitions()).toEqual(both({ isr: [{ brokerId: 1 }] })), patient)
  await kafka.killNode(1)
  await kafka.startNode(2)
  // The last that had everything is gone, and stays known as the one that may lead.
  const offline = { leader: null, isUnderMinIsr: true, isr: [], eligibleLeaderReplicas: [{ brokerId: 1 }] }
  await eventually(async () => expect(await partitions()).toEqual(both(offline)), patient)
  const elect = async (electionType: 'PREFERRED' | 'UNCLEAN', partition: number) => {
    const wanted = [{ topic: 'unclean', partition }]
    return (await app.dataOf(ElectLeadersDocument, { electionType, partitions: wanted })).electLeaders
  }
  expect((await elect('PREFERRED', 0)).errors).toMatchObject([{ code: 'PREFERRED_LEADER_NOT_AVAILABLE' }])
  expect(await elect('UNCLEAN', 0)).toMatchObject({ electedCount: 1, partitions: [{ leader: { nodeId: 2 } }] })
  const tool = `${TOOLS}.LeaderElectionCommand`
  await kafkaToolOutput(kafka, tool, ['--election-type', 'unclean', '--topic', 'unclean', '--partition', '1'])
  expect((await describeTopic(kafka, 'unclean')).partitions).toMatchObject([{ leader: 2 }, { leader: 2 }])
  await eventually(async () => expect(await partitions()).toEqual(both({ leader: { nodeId: 2 } })))
  expect((await elect('UNCLEAN', 1)).errors).toMatchObject([{ code: 'ELECTION_NOT_NEEDED' }])
})
