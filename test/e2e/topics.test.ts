import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ClusterDocument,
  CreatePartitionsDocument,
  CreateTopicsDocument,
  DeleteTopicsDocument,
  DescribeTopicDocument,
  ListTopicsDocument,
} from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { consoleProduce, getOffsets } from '../support/console-tools.ts'
import { freshTopicName } from '../support/kafka.ts'
import { kafkaTool, kafkaToolOutput } from '../support/kafka-tools.ts'
import {
  createTopicByTool,
  type DescribedTopic,
  deleteTopicByTool,
  describeTopic,
  listTopics,
} from '../support/topic-tool.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** Kafka's tools print topic ids in base64. */
const uuidOf = (base64: string): string =>
  Buffer.from(base64, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** The API's description in the form of the tool's. */
const asToolSays = async (name: string): Promise<Omit<DescribedTopic, 'topicId'> & { topicId: string | null }> => {
  const { topic } = await app.dataOf(DescribeTopicDocument, { name })
  if (topic === null) throw new Error(`no topic ${name}`)
  return {
    name: topic.name,
    topicId: topic.topicId,
    partitionCount: topic.partitionCount,
    replicationFactor: topic.replicationFactor,
    configs: await configsSet(name),
    partitions: topic.partitions.map(({ partition, leader, replicas, isr }) => ({
      partition,
      leader: leader?.nodeId,
      replicas: replicas.map(({ brokerId }) => brokerId),
      isr: isr.map(({ brokerId }) => brokerId),
    })),
  }
}

/** The tool prints what the cluster sets for all topics, too. */
const configsSet = async (name: string): Promise<Readonly<Record<string, string>>> => {
  type Config = { name: string; value: string; isDefault: boolean; source: string }
  type Configs = { topic: { configs: Config[]; overrides: Config[] } }
  const fields = '{ name value isDefault source }'
  const { topic } = await app.dataOf<Configs>(
    `query ($name: String!) { topic(name: $name) { configs ${fields} overrides: configs(onlyOverrides: true) ${fields} } }`,
    { name },
  )
  expect(topic.overrides).toEqual(topic.configs.filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG'))
  return Object.fromEntries(topic.configs.filter(one => !one.isDefault).map(one => [one.name, one.value]))
}

const toolSays = async (name: string) => {
  const described = await describeTopic(app.kafka, name)
  return { ...described, topicId: uuidOf(described.topicId) }
}

const namesListed = async (nameContains: string) => {
  const { topics } = await app.dataOf(ListTopicsDocument, { filter: { nameContains } })
  return topics.nodes.map(({ name }) => name)
}

describe('a topic made by kafka-topics', () => {
  test('is listed, described, grown and gone through GraphQL as the tool says', async () => {
    const name = freshTopicName('e2e')
    expect(await app.dataOf(DescribeTopicDocument, { name })).toEqual({ topic: null })
    const configs = { 'retention.ms': '3600000', 'cleanup.policy': 'compact,delete' }
    await createTopicByTool(app.kafka, name, { partitions: 3, configs })
    expect(await namesListed(name)).toEqual([name])
    const described = await toolSays(name)
    expect(described.configs).toMatchObject(configs)
    expect(await asToolSays(name)).toEqual(described)
    await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.TopicCommand', [
      ...['--alter', '--topic', name, '--partitions', '5'],
    ])
    await expect.poll(async () => (await asToolSays(name)).partitionCount, { timeout: 5000 }).toBe(5)
    await deleteTopicByTool(app.kafka, name)
    await expect.poll(() => app.dataOf(DescribeTopicDocument, { name }), { timeout: 5000 }).toEqual({ topic: null })
    expect(await namesListed(name)).toEqual([])
  })
})

describe('a topic made through GraphQL', () => {
  test('is listed, described, grown and gone for kafka-topics', async () => {
    const name = freshTopicName('e2e')
    const wanted = { name, numPartitions: 2, configs: [{ name: 'max.message.bytes', value: '70000' }] }
    const created = await app.dataOf(CreateTopicsDocument, { topics: [wanted] })
    expect(created.createTopics).toEqual({
      topics: [{ id: expect.any(String), name, partitionCount: 2, replicationFactor: 1 }],
      errors: [],
    })
    const described = await toolSays(name)
    expect(described).toMatchObject({ partitionCount: 2, replicationFactor: 1 })
    expect(described.configs['max.message.bytes']).toBe('70000')
    expect(await asToolSays(name)).toEqual(described)
    const grown = await app.dataOf(CreatePartitionsDocument, { topic: name, totalCount: 4 })
    const id = created.createTopics.topics[0]?.id
    expect(grown.createPartitions).toEqual({ topic: { id, name, partitionCount: 4 }, errors: [] })
    expect(await asToolSays(name)).toEqual(await toolSays(name))
    const deleted = await app.dataOf(DeleteTopicsDocument, { topics: [name] })
    expect(deleted.deleteTopics).toEqual({ deletedTopicNames: [name], deletedIds: [id], errors: [] })
    expect(await listTopics(app.kafka)).not.toContain(name)
  })

  test('that is only validated is not made', async () => {
    const name = freshTopicName('e2e')
    const validated = await app.dataOf(CreateTopicsDocument, {
      topics: [{ name, numPartitions: 2 }],
      validateOnly: true,
    })
    expect(validated.createTopics).toMatchObject({ topics: [{ name, partitionCount: 2 }], errors: [] })
    expect(await app.dataOf(DescribeTopicDocument, { name })).toEqual({ topic: null })
  })

  test("that Kafka refuses has Kafka's error beside it, and its neighbours are made", async () => {
    const name = await app.freshTopic()
    const neighbour = freshTopicName('e2e')
    const { createTopics } = await app.dataOf(CreateTopicsDocument, {
      topics: [
        { name },
        { name: neighbour },
        { name: freshTopicName('e2e'), replicationFactor: 7 },
        { name: freshTopicName('e2e'), configs: [{ name: 'no.such.config', value: '1' }] },
        { name: 'not a name' },
      ],
    })
    expect(createTopics.topics.map(topic => topic?.name ?? null)).toEqual([null, neighbour, null, null, null])
    expect(createTopics.errors.map(({ code, path }) => [path?.[1], code])).toEqual([
      ['0', 'TOPIC_ALREADY_EXISTS'],
      ['2', 'INVALID_REPLICATION_FACTOR'],
      ['3', 'INVALID_CONFIG'],
      ['4', 'INVALID_TOPIC_EXCEPTION'],
    ])
    const shrunk = await app.dataOf(CreatePartitionsDocument, { topic: neighbour, totalCount: 1 })
    expect(shrunk.createPartitions).toMatchObject({ topic: null, errors: [{ code: 'INVALID_PARTITIONS' }] })
    const gone = await app.dataOf(DeleteTopicsDocument, { topics: [name, 'never-was', neighbour] })
    expect(gone.deleteTopics.deletedTopicNames).toEqual([name, neighbour])
    expect(gone.deleteTopics.deletedIds).toHaveLength(2)
    expect(gone.deleteTopics.deletedIds[1]).toBe(createTopics.topics[1]?.id)
    expect(gone.deleteTopics.errors).toMatchObject([{ code: 'UNKNOWN_TOPIC_OR_PARTITION' }])
  })
})

test('offsets are those of kafka-get-offsets', async () => {
  const name = await app.freshTopic({ numPartitions: 3 })
  await consoleProduce(app.kafka, name, ['a\t1', 'b\t2', 'c\t3', 'd\t4', 'e\t5'], { withKey: true })
  await app.produce({ topic: name, messages: [0, 1, 1].map(partition => ({ partition, value: { string: 'x' } })) })
  const { topic } = await app.dataOf(DescribeTopicDocument, { name })
  const latest = await getOffsets(app.kafka, name, 'latest')
  expect(new Map(topic?.partitions.map(one => [one.partition, BigInt(one.latestOffset ?? -1)]))).toEqual(latest)
  expect([...latest.values()].reduce((sum, offset) => sum + offset)).toBe(8n)
  const earliest = await getOffsets(app.kafka, name, 'earliest')
  expect(new Map(topic?.partitions.map(one => [one.partition, BigInt(one.earliestOffset ?? -1)]))).toEqual(earliest)
  const counted = await app.dataOf<{ topic: { messageCount: string } }>(
    'query ($name: String!) { topic(name: $name) { messageCount } }',
    { name },
  )
  expect(counted.topic.messageCount).toBe('8')
})

test('the cluster is the one that kafka-cluster names, with its broker and controller', async () => {
  const { cluster } = await app.dataOf(ClusterDocument)
  const bootstrap = ['cluster-id', '--bootstrap-server', app.kafka.bootstrapServers]
  const { stdout } = await kafkaTool('org.apache.kafka.tools.ClusterTool', bootstrap)
  expect(stdout).toContain(`Cluster ID: ${cluster?.clusterId}`)
  const [host, port] = app.kafka.bootstrapServers.split(':')
  expect(cluster?.brokers).toMatchObject([{ nodeId: 1, host, port: Number(port), rack: null, isController: true }])
  expect(cluster?.controller).toMatchObject({ nodeId: 1 })
  expect(cluster?.brokers[0]?.leaderCount).toBeGreaterThan(0)
  expect(cluster?.brokers[0]?.replicaCount).toBeGreaterThan(0)
})

test('lists are paged without a gap or a repetition', async () => {
  const prefix = freshTopicName('paged')
  const names = [1, 2, 3, 4, 5].map(number => `${prefix}-${number}`)
  await app.dataOf(CreateTopicsDocument, { topics: names.map(name => ({ name })) })
  const seen: string[] = []
  for (let after: string | null = null, more = true; more; ) {
    const page = { first: 2, after, filter: { nameContains: prefix } }
    const { topics }: Awaited<ReturnType<typeof list>> = await list(page)
    expect(topics.totalCount).toBe(5)
    seen.push(...topics.nodes.map(({ name }) => name))
    more = topics.pageInfo.hasNextPage
    after = topics.pageInfo.endCursor
  }
  expect(seen).toEqual(names)
})

const list = (variables: { first: number; after: string | null; filter: { nameContains: string } }) =>
  app.dataOf(ListTopicsDocument, variables)

test('node and nodes find a cluster, broker, topic, partition and replica by its id', async () => {
  const name = await app.freshTopic({ numPartitions: 2 })
  type Ids = { cluster: { id: string; brokers: { id: string }[] }; topic: TopicIds }
  type TopicIds = { id: string; partitions: { id: string; replicas: { id: string }[] }[] }
  const { cluster, topic } = await app.dataOf<Ids>(
    `query ($name: String!) {
      cluster { id brokers { id } }
      topic(name: $name) { id partitions { id replicas { id } } }
    }`,
    { name },
  )
  const partition = topic.partitions[1]
  const ids = [cluster.id, cluster.brokers[0]?.id, topic.id, partition?.id, partition?.replicas[0]?.id]
  const fields = `__typename id
    ... on Cluster { clusterId } ... on Broker { nodeId } ... on Topic { name }
    ... on Partition { partition topic { name } } ... on Replica { brokerId of: partition { partition topic { name } } }`
  const expected = [
    { __typename: 'Cluster', clusterId: expect.any(String) },
    { __typename: 'Broker', nodeId: 1 },
    { __typename: 'Topic', name },
    { __typename: 'Partition', partition: 1, topic: { name } },
    { __typename: 'Replica', brokerId: 1, of: { partition: 1, topic: { name } } },
  ].map((node, index) => ({ ...node, id: ids[index] }))
  const { nodes } = await app.dataOf<{ nodes: unknown[] }>(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`, {
    ids,
  })
  expect(nodes).toEqual(expected)
  for (const [index, id] of ids.entries()) {
    const { node } = await app.dataOf<{ node: unknown }>(`query ($id: ID!) { node(id: $id) { ${fields} } }`, { id })
    expect(node).toEqual(expected[index])
  }
  await app.dataOf(DeleteTopicsDocument, { topics: [name] })
  const left = await app.dataOf<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
    ids,
  })
  expect(left.nodes).toEqual([{ __typename: 'Cluster' }, { __typename: 'Broker' }, null, null, null])
})
