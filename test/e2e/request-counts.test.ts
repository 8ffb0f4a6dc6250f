import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { parse, print } from 'graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { Link } from '../../src/kafkajs/transport/link.ts'
import { DescribeTopicDocument, GroupsLagDocument } from '../generated/operations.ts'
import { harness } from '../graphql/harness.ts'
import { openKafka, testLimits } from '../kafkajs/open-kafka.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { commitOffsets, type GroupMember, startConsumerMember, startKafkaJsMember } from '../support/groups.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'

const COUNT = 60
const names = Array.from({ length: COUNT }, () => toTopicName(freshTopicName('counted')))
const groupIds = names.map(name => `${name}-readers`)
const [classic = '', consumer = ''] = groupIds
const members: GroupMember[] = []
let target: ToolTarget

/** Without the looks at the cluster that nobody has asked for. */
const open = () =>
  openKafka(target.bootstrapServers, { limits: { clusterMap: { ...testLimits.clusterMap, refreshMs: 600_000 } } })

beforeAll(async () => {
  target = await sharedKafka()
  await using kafka = open()
  const topics = names.map(name => ({
    name,
    numPartitions: 3,
    replicationFactor: 1,
    replicaAssignments: null,
    configs: [],
  }))
  await kafka.topicAdmin.createTopics(testCall, topics)
  const committed = Object.fromEntries(names.map(name => [name, [0n, 0n, 0n]]))
  await Promise.all(groupIds.map(groupId => commitOffsets(target, groupId, committed)))
  const [topic = ''] = names
  members.push(await startKafkaJsMember(target, { groupId: classic, topic }))
  members.push(await startConsumerMember(target, { groupId: consumer, topic }))
})
afterAll(async () => {
  await Promise.all(members.map(member => member[Symbol.asyncDispose]()))
})

/** Runs an operation on an adapter that knows nothing yet; answers what it asked of Kafka. */
const counted = async <Data, Given extends Readonly<Record<string, unknown>>>(
  operation: TypedDocumentNode<Data, Given>,
  variables: Given,
) => {
  await using kafka = open()
  await eventually(() => expect(kafka.state.isUp).toBe(true))
  const { catalog, groups } = kafka
  const calls = vi.spyOn(Link.prototype, 'call')
  const answer = await harness({ ports: { catalog, groups } }).run(operation, variables)
  const asked = calls.mock.calls.map(([{ apiName }]) => apiName)
  calls.mockRestore()
  expect(answer.errors).toEqual([])
  return { data: answer.data, asked }
}

test('60 groups of two types with members, and their lag in 60 topics, cost eight requests to a Kafka that is not known yet', async () => {
  const { data, asked } = await counted(GroupsLagDocument, { first: 100, filter: { groupIds } })
  const nodes = data.cluster?.groups.nodes ?? []
  expect(nodes).toHaveLength(COUNT)
  expect(nodes.every(node => 'offsets' in node && node.offsets?.length === 3 * COUNT && node.lag === '0')).toBe(true)
  expect(
    nodes
      .filter(node => 'members' in node && node.members?.length === 1)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['CLASSIC', 'CONSUMER'])
  expect(asked.length).toBeLessThanOrEqual(8)
})

test('a topic described whole costs eight requests at most', async () => {
  const { data, asked } = await counted(DescribeTopicDocument, { name: names[0] ?? '' })
  expect(data.topic?.partitions.map(({ latestOffset }) => latestOffset)).toEqual(['0', '0', '0'])
  expect(asked.length).toBeLessThanOrEqual(8)
})

test('60 topics described whole cost as many as one', async () => {
  const fields = print(DescribeTopicDocument)
    .replace(/^[^{]*\{\s*topic\(name: \$name\) /, '')
    .replace(/\}\s*$/, '')
  const all: TypedDocumentNode<
    { readonly topics: { readonly nodes: readonly unknown[] } },
    { readonly names: string[] }
  > = parse(`query ($names: [String!]) { topics(first: 100, filter: { names: $names }) { nodes ${fields} } }`)
  const { data, asked } = await counted(all, { names: [...names] })
  expect(data.topics.nodes).toHaveLength(COUNT)
  expect(asked.length).toBeLessThanOrEqual(8)
})
