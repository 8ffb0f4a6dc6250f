import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka, LocalKafkaExit } from '../../src/local-kafka/local-kafka.ts'
import { askNodeIds } from '../../src/local-kafka/node/ask-node-ids.ts'
import { consoleConsume, consoleProduce } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { createTopicByTool, describeTopic } from '../support/topic-tool.ts'

const exits: LocalKafkaExit[] = []
let kafka: LocalKafka

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3, onExit: exit => exits.push(exit) })
  await createTopicByTool(kafka, 'replicated', { partitions: 3 })
})
afterAll(() => kafka.close())

const portOf = (nodeId: number) => kafka.nodes[nodeId - 1]?.port ?? 0
const pidOf = (nodeId: number) => kafka.nodes[nodeId - 1]?.pid
const nodesSeenBy = (nodeId: number) => askNodeIds(portOf(nodeId), AbortSignal.timeout(5000))

/** Waits until node 1 lists exactly these nodes. */
async function clusterIs(nodeIds: readonly number[]): Promise<void> {
  await eventually(async () => expect([...(await nodesSeenBy(1))].sort()).toEqual(nodeIds), { within: 30_000 })
}

test('it is a cluster of three, with replication factor 3 and min.insync.replicas 2', async () => {
  expect(kafka.bootstrapServers.split(',')).toHaveLength(3)
  const topic = await describeTopic(kafka, 'replicated')
  expect(topic.replicationFactor).toBe(3)
  expect(topic.configs['min.insync.replicas']).toBe('2')
  expect(topic.partitions.map(one => one.leader).sort()).toEqual([1, 2, 3])
  for (const { isr } of topic.partitions) expect([...isr].sort()).toEqual([1, 2, 3])
})

test('a stopped node leaves the cluster, and returns on its port with its data', async () => {
  await consoleProduce(kafka, 'replicated', ['before'], { properties: { acks: 'all' } })
  const port = portOf(3)
  await kafka.stopNode(3)
  expect(pidOf(3)).toBeUndefined()
  await clusterIs([1, 2])
  const alone = await describeTopic(kafka, 'replicated')
  for (const { isr, leader } of alone.partitions) expect([leader === 3, isr.includes(3)]).toEqual([false, false])
  await kafka.startNode(3)
  expect(portOf(3)).toBe(port)
  await clusterIs([1, 2, 3])
  const [message] = await consoleConsume(kafka, 'replicated', { maxMessages: 1 })
  expect(message?.value).toBe('before')
})

test('the others remove a paused node, which returns when it is resumed', async () => {
  kafka.pauseNode(2)
  await eventually(() => expect(nodesSeenBy(2)).rejects.toThrow('no answer'))
  await clusterIs([1, 3])
  kafka.resumeNode(2)
  await clusterIs([1, 2, 3])
})

test('a deliberate kill is not reported as a crash, an unexpected exit is reported with its log', async () => {
  await kafka.killNode(2)
  expect(pidOf(2)).toBeUndefined()
  await kafka.startNode(2)
  expect(exits).toEqual([])
  process.kill(pidOf(3) ?? 0, 'SIGKILL')
  const exit = await eventually(() => {
    expect(exits).toHaveLength(1)
    return exits[0]
  })
  expect(exit).toMatchObject({ nodeId: 3, code: null, signal: 'SIGKILL' })
  expect(exit?.lastLines.join('\n')).toContain('INFO')
})

test('an unknown node is refused', async () => {
  await expect(kafka.stopNode(4)).rejects.toMatchObject({ reason: 'UNKNOWN_NODE' })
})
