import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFailure } from '../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../src/kafkajs/create-kafka.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { codesOf, valueIn } from '../contract/outcome.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { describeGroupsByTool } from '../support/group-tool.ts'
import { commitOffsets } from '../support/groups.ts'
import { ownKafka } from '../support/local-kafka.ts'

const topic = toTopicName('grouped')
const ids = [...new Array(12).keys()].map(n => `group-${String(n).padStart(2, '0')}`)
const at = (offset: bigint) => ({ topic, partition: 0, offset: toOffset(offset), leaderEpoch: null, metadata: '' })

let cluster: LocalKafka
let kafka: KafkaAdapter

beforeAll(async () => {
  cluster = await ownKafka({ nodes: 3 })
  kafka = openKafka(cluster.bootstrapServers)
  const created = { name: topic, numPartitions: 1, replicationFactor: 3, replicaAssignments: null, configs: [] }
  expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [created]))).toEqual([null])
  for (const groupId of ids) await commitOffsets(cluster, groupId, { [topic]: [7n] })
})

afterAll(async () => {
  await kafka[Symbol.asyncDispose]()
  await cluster.close()
})

/** The coordinator of each group, once every group is listed and every broker has answered. */
const coordinators = (): Promise<ReadonlyMap<string, number>> =>
  eventually(
    async () => {
      const { groups, failures } = await kafka.groups.listGroups(testCall)
      expect(failures).toEqual([])
      expect(groups.map(({ groupId }) => groupId)).toEqual(ids)
      return new Map(groups.map(({ groupId, coordinator }) => [groupId, coordinator]))
    },
    { within: 60_000 },
  )

/** A broker that coordinates some groups, those groups, and the others. */
const pickCoordinator = async () => {
  const known = await coordinators()
  const nodeId = [...known.values()][0] ?? 0
  const own = ids.filter(groupId => known.get(groupId) === nodeId)
  const others = ids.filter(groupId => known.get(groupId) !== nodeId)
  expect(own.length * others.length).toBeGreaterThan(0)
  return { nodeId, own, others }
}

it("every broker's groups are listed, with the coordinators that Kafka's own tool names", async () => {
  const known = await coordinators()
  expect(new Set(known.values()).size).toBeGreaterThan(1)
  const printed = await describeGroupsByTool(cluster, 'state', ids)
  const named = printed.map(row => [row.GROUP, Number(/\((\d+)\)/.exec(row['COORDINATOR(ID)'] ?? '')?.[1])])
  expect(named.sort()).toEqual([...known])
  expect(codesOf(await kafka.groups.describeGroups(testCall, ids)).filter(code => code !== null)).toEqual([])
})

it('a paused broker is named as failed, and the groups of other brokers stay listed', async () => {
  const { nodeId, own, others } = await pickCoordinator()
  // This adapter knows the brokers and has cached no list, so it has to ask the paused one.
  await using other = openKafka(cluster.bootstrapServers)
  await other.catalog.describeCluster(testCall)
  cluster.pauseNode(nodeId)
  const reading = kafka.groups.committedOffsets(testCall, [...own, ...others])
  const list = await other.groups.listGroups(testCall)
  expect(list.failures).toMatchObject([{ nodeId }])
  expect(list.groups.map(({ groupId }) => groupId)).toEqual(expect.arrayContaining(others))
  const offsets = (await reading).slice(own.length)
  expect(offsets.map(outcome => valueIn(outcome))).toEqual(others.map(() => [at(7n)]))
  // Other brokers take over its groups once the cluster notices.
  await eventually(async () => expect([...(await coordinators()).values()]).not.toContain(nodeId), { within: 60_000 })
  const all = await kafka.groups.committedOffsets(testCall, ids)
  expect(all.map(outcome => valueIn(outcome))).toEqual(ids.map(() => [at(7n)]))
  cluster.resumeNode(nodeId)
  await coordinators()
})

it('a change sent while its coordinator crashes is done once, or fails as not sent and is accepted later', async () => {
  const { nodeId, own } = await pickCoordinator()
  const [groupId = ''] = own
  await cluster.killNode(nodeId)
  const [outcome] = await kafka.groupAdmin.alterOffsets(testCall, groupId, [at(9n)])
  const isDone = outcome !== undefined && !isFailure(outcome)
  await coordinators()
  const [committed] = await kafka.groups.committedOffsets(testCall, [groupId])
  expect(valueIn(committed)).toEqual([at(isDone ? 9n : 7n)])
  if (!isDone) expect(outcome).toMatchObject({ retriable: true })
  const [repeated] = await kafka.groupAdmin.alterOffsets(testCall, groupId, [at(11n)])
  expect(valueIn(repeated)).toEqual({ topic, partition: 0 })
  const [now] = await kafka.groups.committedOffsets(testCall, [groupId])
  expect(valueIn(now)).toEqual([at(11n)])
  expect(await kafka.groupAdmin.deleteGroups(testCall, [groupId])).toEqual([groupId])
  await cluster.startNode(nodeId)
})
