import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import {
  ClusterDocument,
  CreatePartitionsDocument,
  CreateTopicsDocument,
  DeleteTopicsDocument,
  DescribeTopicDocument,
  ListTopicsDocument,
  MessageStreamDocument,
  MessagesDocument,
  ProduceDocument,
  WelcomeDocument,
} from '../generated/operations.ts'
import { testCall } from '../support/call.ts'
import { harness } from './harness.ts'
import { batchOf, storedMessage } from './message/scripted-streams.ts'

const folder = new URL('../../schema/operations/', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.graphql'))
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const idOf = (text: string): string => Buffer.from(text).toString('base64url')
const local = () => harness({ brokers: 3, topics: { 'ishwar-topic': 2 } })

describe('schema/operations', () => {
  it.each(files)('%s begins with a comment that says what it shows', file => {
    expect(textOf(file)).toMatch(/^# \S.{20,}/)
  })

  it.each(files)('%s has example variables exactly when it needs some', file => {
    const [operation] = parse(textOf(file)).definitions
    const needs = operation?.kind === 'OperationDefinition' && (operation.variableDefinitions?.length ?? 0) > 0
    expect(readdirSync(folder).includes(file.replace('.graphql', '.variables.json'))).toBe(needs)
  })
})

describe('the everyday operations', () => {
  it('welcome shows the local cluster and its topic', async () => {
    const { data } = await local().run(WelcomeDocument)
    expect(data.cluster?.brokers.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3])
    expect(data.topic).toMatchObject({ name: 'ishwar-topic', partitionCount: 2, replicationFactor: 3 })
    expect(data.topic?.partitions[0]).toMatchObject({ partition: 0, latestOffset: '0' })
  })

  it('cluster shows the brokers, the controller and who leads how much', async () => {
    const { data } = await local().run(ClusterDocument)
    expect(data.cluster).toMatchObject({ clusterId: 'in-memory', controller: { nodeId: 1 } })
    expect(data.cluster?.brokers.filter(({ isController }) => isController).map(({ nodeId }) => nodeId)).toEqual([1])
    const sum = (numbers: number[] = []) => numbers.reduce((total, number) => total + number, 0)
    expect(sum(data.cluster?.brokers.map(({ leaderCount }) => leaderCount))).toBe(2)
    expect(sum(data.cluster?.brokers.map(({ replicaCount }) => replicaCount))).toBe(6)
  })

  it('list-topics pages through the names', async () => {
    const { run } = harness({ topics: { b: 1, a: 2, c: 3 } })
    const page = await run(ListTopicsDocument, { first: 2 })
    expect(page.data.topics.nodes.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(page.data.topics).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
    const rest = await run(ListTopicsDocument, { first: 2, after: page.data.topics.pageInfo.endCursor })
    expect(rest.data.topics.nodes).toMatchObject([
      { name: 'c', isInternal: false, partitionCount: 3, replicationFactor: 1 },
    ])
    expect(rest.data.topics.pageInfo.hasNextPage).toBe(false)
  })

  it('describe-topic shows leader, replicas, in-sync replicas, overrides and offsets in at most five questions to Kafka', async () => {
    const { run, kafka } = local()
    await run(CreateTopicsDocument, {
      topics: [
        {
          name: 'orders',
          numPartitions: 20,
          replicationFactor: 3,
          configs: [{ name: 'min.insync.replicas', value: '2' }],
        },
      ],
    })
    kafka.setIsr('orders', 7, [2])
    kafka.append('orders', 7, ['one', 'two'])
    const before = { ...kafka.counts }
    const { data, errors } = await run(DescribeTopicDocument, { name: 'orders' })
    expect(errors).toEqual([])
    const asked = Object.entries(kafka.counts).map(([name, count]) => count - before[name as keyof typeof before])
    expect(asked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(5)
    expect(data.topic?.configs).toEqual([
      {
        name: 'min.insync.replicas',
        value: '2',
        source: 'DYNAMIC_TOPIC_CONFIG',
        isDefault: false,
        isSensitive: false,
        isReadOnly: false,
      },
    ])
    const partition = data.topic?.partitions[7]
    expect(partition).toMatchObject({
      isUnderReplicated: true,
      isUnderMinIsr: true,
      earliestOffset: '0',
      latestOffset: '2',
    })
    expect(partition?.isr).toEqual([{ brokerId: 2 }])
    expect(partition?.replicas.map(({ isPreferredLeader }) => isPreferredLeader)).toEqual([true, false, false])
    expect(partition?.replicas.filter(({ isLeader }) => isLeader).map(({ brokerId }) => brokerId)).toEqual([
      partition?.leader?.nodeId,
    ])
    expect(partition?.replicas.filter(({ isInSync }) => isInSync).map(({ brokerId }) => brokerId)).toEqual([2])
  })

  it('describe-topic still shows a partition that has lost its leader', async () => {
    const { run, kafka } = local()
    kafka.setLeader('ishwar-topic', 1, null)
    const { data, errors } = await run(DescribeTopicDocument, { name: 'ishwar-topic' })
    expect(data.topic?.partitions[1]).toMatchObject({ leader: null, earliestOffset: null, latestOffset: null })
    expect(data.topic?.partitions[0]).toMatchObject({ earliestOffset: '0' })
    expect(errors.map(({ extensions, path }) => [extensions?.code, path?.at(-1)])).toEqual([
      ['LEADER_NOT_AVAILABLE', 'earliestOffset'],
      ['LEADER_NOT_AVAILABLE', 'latestOffset'],
    ])
  })

  it('create-topics creates, or with validateOnly only says what it would create', async () => {
    const { run, kafka } = local()
    const topics = [{ name: 'orders', numPartitions: 4, replicationFactor: 2 }]
    const planned = await run(CreateTopicsDocument, { topics, validateOnly: true })
    const shown = { id: idOf('Topic:orders'), name: 'orders', partitionCount: 4, replicationFactor: 2 }
    expect(planned.data.createTopics).toEqual({ topics: [shown], errors: [] })
    expect((await run(DescribeTopicDocument, { name: 'orders' })).data.topic).toBeNull()
    const created = await run(CreateTopicsDocument, { topics })
    expect(created.data.createTopics).toEqual({ topics: [shown], errors: [] })
    expect((await kafka.listTopics(testCall)).map(({ name }) => name)).toEqual(['ishwar-topic', 'orders'])
  })

  it('create-partitions grows a topic', async () => {
    const { run } = local()
    const grown = await run(CreatePartitionsDocument, { topic: 'ishwar-topic', totalCount: 5 })
    expect(grown.data.createPartitions).toMatchObject({
      topic: { name: 'ishwar-topic', partitionCount: 5 },
      errors: [],
    })
    const refused = await run(CreatePartitionsDocument, { topic: 'ishwar-topic', totalCount: 5 })
    expect(refused.data.createPartitions).toMatchObject({ topic: null, errors: [{ code: 'INVALID_PARTITIONS' }] })
  })

  it('delete-topics deletes what is there and names what is not', async () => {
    const { run } = local()
    const { data } = await run(DeleteTopicsDocument, { topics: ['no-such', 'ishwar-topic', 'a/b'] })
    expect(data.deleteTopics.deletedTopicNames).toEqual(['ishwar-topic'])
    expect(data.deleteTopics.deletedIds).toEqual([idOf('Topic:ishwar-topic')])
    expect(data.deleteTopics.errors.map(({ code, path }) => [code, path])).toEqual([
      ['UNKNOWN_TOPIC_OR_PARTITION', ['topics', '0']],
      ['INVALID_TOPIC_EXCEPTION', ['topics', '2']],
    ])
  })

  it('produce tells where each message went, without asking Kafka for the topic', async () => {
    const { run, kafka } = local()
    const messages = [
      { value: { string: 'a' }, partition: 1, timestamp: '2025-01-31T09:30:00.5Z' },
      { value: null, partition: 1 },
    ]
    const { data } = await run(ProduceDocument, { input: { topic: 'ishwar-topic', messages } })
    expect(data.produce.errors).toEqual([])
    expect(data.produce.results[0]).toEqual({
      topic: { name: 'ishwar-topic' },
      partition: 1,
      offset: '0',
      timestamp: '2025-01-31T09:30:00.500Z',
      cursor: 'ishwar-topic@1:0',
    })
    expect(data.produce.results[1]).toMatchObject({ offset: '1' })
    expect(kafka.counts.describeTopics).toBe(0)
  })

  it('messages delivers one message an event', async () => {
    const { listen, streams } = local()
    const { events } = await listen(MessagesDocument, { topic: 'ishwar-topic', from: { earliest: true } })
    const value = Buffer.from('{"n":1}')
    streams.play(batchOf('ishwar-topic', [storedMessage({ value }), storedMessage({ partition: 1 })]), 'end')
    const first = await events?.next()
    expect(first?.answer?.data.messages).toEqual({
      partition: 0,
      offset: '0',
      timestamp: '2025-01-31T09:30:00.000Z',
      cursor: 'ishwar-topic@0:0',
      isTombstone: false,
      key: null,
      value: { string: '{"n":1}', json: { n: 1 }, base64: value.toString('base64'), size: 7 },
      headers: [],
    })
    expect((await events?.next())?.answer?.data.messages).toMatchObject({ partition: 1, isTombstone: true })
    expect(await events?.next()).toEqual({ done: true, answer: null })
  })

  it('message-stream delivers batches and the events of the stream', async () => {
    const { listen, streams, kafka } = local()
    const { events } = await listen(MessageStreamDocument, { input: { topics: ['ishwar-topic'] } })
    const { cursor } = batchOf('t', [storedMessage()])
    const topic = batchOf('ishwar-topic', []).topic
    const offset = storedMessage().offset
    streams.play(
      batchOf('ishwar-topic', [storedMessage(), storedMessage({ key: Buffer.from('k') })]),
      { kind: 'caughtUp', topic, cursor, positions: [{ partition: 0, begin: offset, position: offset, end: offset }] },
      { kind: 'gap', topic, partition: 1, fromOffset: offset, toOffset: offset, reason: 'RETENTION', cursor },
      { kind: 'progress', topic, cursor, messagesScanned: 2n, lag: 0n },
      new KafkaError('TOPIC_DELETED'),
    )
    const seen = []
    for (let count = 0; count < 4; count++) seen.push((await events?.next())?.answer?.data.messageStream)
    expect(seen).toMatchObject([
      { __typename: 'MessageBatch', lag: '0', messages: [{ key: null }, { key: { string: 'k' } }] },
      { __typename: 'CaughtUp', positions: [{ partition: 0, begin: '0', position: '0', end: '0' }] },
      { __typename: 'StreamGap', fromOffset: '0', toOffset: '0', reason: 'RETENTION', partition: { partition: 1 } },
      { __typename: 'StreamProgress', messagesScanned: '2', lag: '0' },
    ])
    await expect(events?.next()).rejects.toMatchObject({ extensions: { code: 'TOPIC_DELETED', retriable: false } })
    expect(kafka.counts.describeTopics).toBe(0)
  })
})
