import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { alterConfigsByTool } from '../support/config-tool.ts'
import { eventually } from '../support/eventually.ts'
import { commitOffsets, freshGroupId, startKafkaJsMember } from '../support/groups.ts'
import { freshTopicName } from '../support/kafka.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { createTopicByTool, deleteTopicByTool } from '../support/topic-tool.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.[Symbol.asyncDispose]())

const operation = (name: string) =>
  readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8')

let webSocket: ReturnType<typeof graphqlWs>
let sse: ReturnType<typeof graphqlSse>

beforeEach(() => {
  webSocket = graphqlWs(app)
  sse = graphqlSse(app)
})
afterEach(async () => {
  await webSocket[Symbol.asyncDispose]()
  await sse[Symbol.asyncDispose]()
  // Whoever has left is looked after no more.
  await eventually(async () => expect([await app.metric('watches'), await app.metric('watch_polls')]).toEqual([0, 0]))
})

/** The same subscription over WebSocket and over SSE, open when this resolves. */
const both = async <Data>(document: string, variables: Readonly<Record<string, unknown>> = {}) => {
  const before = await app.metric('watches')
  const readers = [webSocket, sse].map(client => client.subscribe<Data>(document, variables))
  await eventually(async () => expect(await app.metric('watches')).toBe(before + 2))
  return {
    /** The next so many events, which both clients got alike. */
    async take(count: number): Promise<readonly Data[]> {
      const [one, other] = await Promise.all(readers.map(reader => reader.take(count)))
      expect(other).toEqual(one)
      return one ?? []
    },
    /** Takes until `isLast`, over both. */
    async until(isLast: (event: Data) => boolean): Promise<readonly Data[]> {
      const [one] = await Promise.all(readers.map(reader => reader.until(isLast)))
      return one ?? []
    },
    codes: async () =>
      (await Promise.all(readers.map(reader => reader.failure()))).map(error => error.extensions?.code),
  }
}

const idOf = (text: string): string => Buffer.from(text).toString('base64url')

interface TopicChanged {
  readonly topicChanged: Readonly<Record<string, unknown>> & { readonly __typename: string }
}

const TOPIC_CHANGES = `subscription ($filter: TopicFilter) { topicChanged(filter: $filter) {
  __typename
  ... on TopicCreated { topic { id name partitionCount } }
  ... on PartitionsAdded { topic { name } from to }
  ... on TopicConfigChanged { topic { name } entries { name value source } }
  ... on TopicDeleted { id name topicId }
} }`

describe('live', () => {
  it('topics that Kafka’s own tools create, grow, set and delete', async () => {
    const name = freshTopicName('live')
    const watched = { filter: { names: [name] } }
    const changes = await both<TopicChanged>(TOPIC_CHANGES, watched)
    await createTopicByTool(app.kafka, name, { partitions: 2 })
    const id = idOf(`Topic:${name}`)
    expect(await changes.take(1)).toEqual([
      { topicChanged: { __typename: 'TopicCreated', topic: { id, name, partitionCount: 2 } } },
    ])
    expect(await app.dataOf('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: { id } })
    const alter = ['--alter', '--topic', name, '--partitions', '3']
    await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.TopicCommand', alter)
    expect(await changes.take(1)).toEqual([
      { topicChanged: { __typename: 'PartitionsAdded', topic: { name }, from: 2, to: 3 } },
    ])
    // Whoever comes now knows the configs as they are now: what is set from here on is a change.
    const settings = await both<TopicChanged>(TOPIC_CHANGES, watched)
    await alterConfigsByTool(app.kafka, { type: 'TOPIC', name }, { 'retention.ms': '3600000' })
    const entries = [{ name: 'retention.ms', value: '3600000', source: 'DYNAMIC_TOPIC_CONFIG' }]
    expect(await settings.take(1)).toEqual([
      { topicChanged: { __typename: 'TopicConfigChanged', topic: { name }, entries } },
    ])
    await deleteTopicByTool(app.kafka, name)
    const deleted = await changes.until(({ topicChanged }) => topicChanged.__typename === 'TopicDeleted')
    expect(deleted.at(-1)).toMatchObject({ topicChanged: { id, name } })
  }, 60_000)

  it('a group that KafkaJS members join and leave, until it is deleted', async () => {
    const topic = await app.freshTopic({ numPartitions: 2 })
    const groupId = freshGroupId('live')
    const changes = await both<{ groupChanged: Readonly<Record<string, unknown>> }>(
      `subscription ($groupIds: [String!]) { groupChanged(groupIds: $groupIds) {
        __typename
        ... on GroupStateChanged { group { id groupId type } from to }
        ... on GroupMemberJoined { group { groupId } member { clientId } }
        ... on GroupMemberLeft { group { groupId } consumerId }
        ... on GroupDeleted { id groupId }
      } }`,
      { groupIds: [groupId] },
    )
    const is = (fields: Readonly<Record<string, unknown>>) => (event: { groupChanged: object }) =>
      Object.entries(fields).every(([key, value]) => Reflect.get(event.groupChanged, key) === value)
    const member = await startKafkaJsMember(app.kafka, { groupId, topic, clientId: 'live-member' })
    const joining = await changes.until(is({ to: 'STABLE' }))
    expect(joining[0]?.groupChanged).toMatchObject({ __typename: 'GroupStateChanged', from: 'DEAD' })
    await member[Symbol.asyncDispose]()
    const leaving = await changes.until(is({ __typename: 'GroupMemberLeft' }))
    expect([...joining, ...leaving]).toContainEqual({
      groupChanged: { __typename: 'GroupMemberJoined', group: { groupId }, member: { clientId: 'live-member' } },
    })
    const remove = ['--delete', '--group', groupId]
    // Kafka itself forgets a group that is empty and has committed nothing; whoever comes first.
    await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', remove)
    const id: unknown = Reflect.get(Object(joining[0]?.groupChanged.group), 'id')
    expect(id).toEqual(expect.any(String))
    await changes.until(is({ __typename: 'GroupDeleted', id, groupId }))
  }, 60_000)

  it('lag that grows with what is written and shrinks with what is committed', async () => {
    const topic = await app.freshTopic({ numPartitions: 2 })
    const groupId = freshGroupId('live')
    await commitOffsets(app.kafka, groupId, { [topic]: [0n, 0n] })
    const lag = await both(operation('live-lag'), { groupIds: [groupId], interval: 'PT0.2S' })
    const of = (partition: number, offset: string, latestOffset: string, left: string) => ({
      group: { id: idOf(`ConsumerGroup:${Buffer.from(groupId).toString('base64url')}`), groupId },
      partition: { partition, topic: { id: idOf(`Topic:${topic}`), name: topic } },
      offset,
      latestOffset,
      lag: left,
    })
    expect(await lag.take(1)).toEqual([{ consumerGroupLag: [of(0, '0', '0', '0'), of(1, '0', '0', '0')] }])
    await app.produce({ topic, messages: Array(5).fill({ partition: 1, value: { string: 'v' } }) })
    expect(await lag.take(1)).toEqual([{ consumerGroupLag: [of(1, '0', '5', '5')] }])
    await commitOffsets(app.kafka, groupId, { [topic]: [0n, 3n] })
    expect(await lag.take(1)).toEqual([{ consumerGroupLag: [of(1, '3', '5', '2')] }])
    await commitOffsets(app.kafka, groupId, { [topic]: [0n, 5n] })
    expect(await lag.take(1)).toEqual([{ consumerGroupLag: [of(1, '5', '5', '0')] }])
    const remove = ['--delete', '--group', groupId]
    await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', remove)
    expect(await lag.codes()).toEqual(['GROUP_ID_NOT_FOUND', 'GROUP_ID_NOT_FOUND'])
  }, 60_000)

  it('rates of what is written, and how the cluster stands', async () => {
    const topic = await app.freshTopic()
    const rates = await both<{
      topicThroughput: readonly { messagesInPerSecond: number; partitions: readonly { latestOffset: string }[] }[]
    }>(
      `subscription ($topics: [String!]!) { topicThroughput(topics: $topics, interval: "PT0.5S") {
        topic { name } messagesInPerSecond partitions { partition messagesInPerSecond latestOffset }
      } }`,
      { topics: [topic] },
    )
    await rates.take(1)
    await app.produce({ topic, messages: Array(100).fill({ value: { string: 'v' } }) })
    const all = (await rates.until(({ topicThroughput: [one] }) => one?.partitions[0]?.latestOffset === '100')).flatMap(
      event => event.topicThroughput,
    )
    expect(all.reduce((sum, one) => sum + one.messagesInPerSecond, 0)).toBeGreaterThan(0)
    expect(all.every(({ messagesInPerSecond }) => messagesInPerSecond >= 0)).toBe(true)
    const health = await both<{ clusterHealth: object }>(
      'subscription { clusterHealth { brokerCount offlinePartitionCount preferredLeaderImbalance } }',
    )
    expect(await health.take(1)).toMatchObject([{ clusterHealth: { brokerCount: 1, offlinePartitionCount: 0 } }])
  }, 60_000)

  it('the end of partitions whose topic is deleted, and no beginning for a topic that is not there', async () => {
    const name = await app.freshTopic()
    const changes = await both(operation('live-metadata'), { topics: [name], interval: 'PT0.2S' })
    await app.dataOf('mutation ($topics: [String!]!) { deleteTopics(topics: $topics) { deletedTopicNames } }', {
      topics: [name],
    })
    expect(await changes.codes()).toEqual(['TOPIC_DELETED', 'TOPIC_DELETED'])
    const readers = [webSocket, sse].map(client => client.subscribe(operation('live-metadata'), { topics: [name] }))
    for (const reader of readers) {
      expect((await reader.failure()).extensions?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION')
    }
  })

  it('twenty subscribers of the same partitions cost one poll', async () => {
    const name = await app.freshTopic()
    const readers = Array.from({ length: 20 }, () =>
      webSocket.subscribe(operation('live-metadata'), { topics: [name] }),
    )
    await eventually(async () => expect(await app.metric('watches')).toBe(20))
    expect(await app.metric('watch_polls')).toBe(1)
    for (const reader of readers) reader[Symbol.dispose]()
  })
})
