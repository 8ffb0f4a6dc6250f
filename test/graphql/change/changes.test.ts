import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { GroupLagDocument, PartitionChangesDocument } from '../../generated/operations.ts'
import { testCall } from '../../support/call.ts'
import { ScriptedGroups } from '../group/scripted-groups.ts'
import { codes, harness } from '../harness.ts'

const quick = { interval: 'PT0.1S' }

const idOf = (text: string): string => Buffer.from(text).toString('base64url')

/** The next event's data, without errors. */
const nextOf = async <Data>(listening: Awaited<ReturnType<ReturnType<typeof harness>['listen']>>): Promise<Data> => {
  const event = await listening.events?.next()
  expect(event?.answer?.errors).toEqual([])
  return JSON.parse(JSON.stringify(event?.answer?.data))
}

const scene = () => {
  const groups = new ScriptedGroups({ readers: { committed: { orders: [2, 0] } } })
  // The list that the coordinator script leaves empty.
  const listed = { groupId: 'readers', type: 'CLASSIC', protocol: 'consumer', state: 'EMPTY', coordinator: 1 } as const
  groups.listGroups = async () => ({ groups: [listed], failures: [] })
  return { groups, ...harness({ brokers: 3, topics: { orders: 2 }, ports: { groups } }) }
}

describe('a subscription to changes', () => {
  it('of partitions tells leaders, in-sync replicas and what goes offline', async () => {
    const { kafka, listen } = scene()
    const listening = await listen(PartitionChangesDocument, { topics: ['orders'], ...quick })
    const partition = { partition: 0, topic: { id: idOf('Topic:orders'), name: 'orders' } }
    kafka.setLeader('orders', 0, 2)
    expect(await nextOf(listening)).toEqual({
      partitionChanged: { __typename: 'LeaderChanged', partition, from: 1, to: 2, leaderEpoch: 1 },
    })
    kafka.setIsr('orders', 0, [2, 3])
    expect(await nextOf(listening)).toEqual({
      partitionChanged: { __typename: 'IsrChanged', partition, added: [], removed: [1], isr: [2, 3] },
    })
    kafka.setLeader('orders', 0, null)
    expect(await nextOf(listening)).toEqual({ partitionChanged: { __typename: 'PartitionWentOffline', partition } })
    kafka.removeTopic('orders')
    await expect(listening.events?.next()).rejects.toMatchObject({
      extensions: { code: 'TOPIC_DELETED', topic: 'orders' },
    })
  })

  it('of topics tells what comes, grows, is set and goes', async () => {
    const { kafka, listen } = scene()
    const listening = await listen(`subscription { topicChanged(filter: { nameContains: "click" }) {
      __typename
      ... on TopicCreated { topic { name partitionCount } }
      ... on PartitionsAdded { from to topic { partitionCount } }
      ... on TopicConfigChanged { topic { name } entries { name value isDefault } }
      ... on TopicDeleted { name topicId }
    } }`)
    kafka.addTopic('payments', 1)
    kafka.addTopic('clicks', 1)
    expect(await nextOf(listening)).toEqual({
      topicChanged: { __typename: 'TopicCreated', topic: { name: 'clicks', partitionCount: 1 } },
    })
    kafka.addPartitions('clicks', 3)
    expect(await nextOf(listening)).toEqual({
      topicChanged: { __typename: 'PartitionsAdded', from: 1, to: 3, topic: { partitionCount: 3 } },
    })
    const topicId = (await kafka.listTopics(testCall)).find(({ name }) => name === 'clicks')?.topicId
    kafka.removeTopic('clicks')
    expect(await nextOf(listening)).toEqual({ topicChanged: { __typename: 'TopicDeleted', name: 'clicks', topicId } })
    await listening.events?.return()
  })

  it('of brokers tells who comes, who goes and who is the controller', async () => {
    const { kafka, listen } = scene()
    const all = await kafka.describeCluster(testCall)
    const listening = await listen(`subscription { brokerChanged {
      __typename
      ... on BrokerJoined { broker { nodeId host } }
      ... on BrokerLeft { nodeId }
      ... on ControllerChanged { from to }
    } }`)
    kafka.describeCluster = async () => ({ ...all, brokers: all.brokers.slice(1), controllerId: 3 })
    const events = [await nextOf(listening), await nextOf(listening)]
    kafka.describeCluster = async () => ({ ...all, controllerId: 3 })
    events.push(await nextOf(listening))
    expect(events).toEqual([
      { brokerChanged: { __typename: 'ControllerChanged', from: 1, to: 3 } },
      { brokerChanged: { __typename: 'BrokerLeft', nodeId: 1 } },
      { brokerChanged: { __typename: 'BrokerJoined', broker: { nodeId: 1, host: '127.0.0.1' } } },
    ])
    await listening.events?.return()
  })

  it('of a group’s lag tells everything first, without asking Kafka for an event again', async () => {
    const { kafka, groups, listen } = scene()
    const listening = await listen(GroupLagDocument, { groupIds: ['readers'], ...quick })
    const of = (partition: number, offset: string, latestOffset: string, lag: string) => ({
      group: { id: idOf('ConsumerGroup:cmVhZGVycw'), groupId: 'readers' },
      partition: { partition, topic: { id: idOf('Topic:orders'), name: 'orders' } },
      offset,
      latestOffset,
      lag,
    })
    expect(await nextOf(listening)).toEqual({ consumerGroupLag: [of(0, '2', '0', '0'), of(1, '0', '0', '0')] })
    kafka.append('orders', 0, Array(5).fill('v'))
    expect(await nextOf(listening)).toEqual({ consumerGroupLag: [of(0, '2', '5', '3')] })
    await groups.alterOffsets(testCall, 'readers', [
      { topic: toTopicName('orders'), partition: 0, offset: toOffset(4), leaderEpoch: null, metadata: '' },
    ])
    expect(await nextOf(listening)).toEqual({ consumerGroupLag: [of(0, '4', '5', '1')] })
    await listening.events?.return()
  })

  it('of groups tells their members', async () => {
    const { groups, listen } = scene()
    const listening = await listen(`subscription { groupChanged(groupIds: ["workers"]) {
      __typename
      ... on GroupStateChanged { group { __typename groupId } from to }
      ... on GroupMemberJoined { group { groupId } member { consumerId clientId } }
      ... on GroupMemberLeft { group { groupId } consumerId }
      ... on GroupDeleted { groupId }
    } }`)
    const workers = new ScriptedGroups({ workers: { members: ['one'] } })
    groups.describeGroups = (call, ids) => workers.describeGroups(call, ids)
    const group = { groupId: 'workers' }
    expect([await nextOf(listening), await nextOf(listening)]).toEqual([
      {
        groupChanged: {
          __typename: 'GroupStateChanged',
          group: { __typename: 'ConsumerGroup', ...group },
          from: 'DEAD',
          to: 'STABLE',
        },
      },
      {
        groupChanged: { __typename: 'GroupMemberJoined', group, member: { consumerId: 'one-id', clientId: 'client' } },
      },
    ])
    groups.describeGroups = (call, ids) => new ScriptedGroups({}).describeGroups(call, ids)
    expect(await nextOf(listening)).toEqual({ groupChanged: { __typename: 'GroupDeleted', ...group } })
    await listening.events?.return()
  })

  it('of the cluster’s health begins with how it stands', async () => {
    const { kafka, listen } = scene()
    const listening = await listen(`subscription { clusterHealth(interval: "PT0.1S") {
      brokerCount offlinePartitionCount offlinePartitions { partition topic { name } } underMinIsrPartitionCount
    } }`)
    const well = { brokerCount: 3, offlinePartitionCount: 0, offlinePartitions: [], underMinIsrPartitionCount: 0 }
    expect(await nextOf(listening)).toEqual({ clusterHealth: well })
    kafka.setLeader('orders', 1, null)
    expect(await nextOf(listening)).toEqual({
      clusterHealth: {
        ...well,
        offlinePartitionCount: 1,
        offlinePartitions: [{ partition: 1, topic: { name: 'orders' } }],
        underMinIsrPartitionCount: 1,
      },
    })
    await listening.events?.return()
  })

  it('of throughput tells each topic every interval', async () => {
    const { kafka, listen } = scene()
    const listening = await listen(`subscription { topicThroughput(topics: ["orders"], interval: "PT0.1S") {
      topic { name } messagesInPerSecond partitions { partition messagesInPerSecond latestOffset }
    } }`)
    expect(await nextOf(listening)).toMatchObject({ topicThroughput: [{ messagesInPerSecond: 0 }] })
    kafka.append('orders', 1, Array(10).fill('v'))
    const isGrowing = { messagesInPerSecond: expect.any(Number), partition: 1, latestOffset: '10' }
    expect(await nextOf(listening)).toMatchObject({
      topicThroughput: [{ topic: { name: 'orders' }, partitions: [{ latestOffset: '0' }, isGrowing] }],
    })
    await listening.events?.return()
  })

  it('frees what it holds at once when the client leaves while nothing comes', async () => {
    const { listen, watches } = scene()
    const { events } = await listen(PartitionChangesDocument, { topics: null, ...quick })
    const waiting = events?.next()
    expect(watches.stats()).toEqual({ watches: 1, polls: 1 })
    await events?.return()
    expect(await waiting).toEqual({ done: true, answer: null })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
  })
})

describe('a subscription to changes is refused', () => {
  const refused = async (field: string) => {
    const { refused: answer } = await scene().listen(`subscription { ${field} { __typename } }`)
    return answer === null ? [] : [...codes(answer), answer.errors[0]?.message]
  }

  it.each([
    ['partitionChanged(interval: "PT0.099S")', 'interval is PT0.099S: give PT0.1S to PT3600S.'],
    ['partitionChanged(interval: "PT2H")', 'interval is PT7200S: give PT0.1S to PT3600S.'],
    ['clusterHealth(interval: "PT0S")', 'interval is PT0S: give PT0.1S to PT3600S.'],
    ['topicThroughput(topics: ["orders"], interval: "PT0.01S")', 'interval is PT0.01S: give PT0.1S to PT3600S.'],
    ['consumerGroupLag(interval: "PT0.01S")', 'interval is PT0.01S: give PT0.1S to PT3600S.'],
    ['partitionChanged(topics: [])', 'topics is empty: name at least one topic.'],
    ['topicThroughput(topics: [])', 'topics is empty: name at least one topic.'],
    ['consumerGroupLag(groupIds: [])', 'groupIds is empty: leave it out to watch all groups.'],
    ['consumerGroupLag(minChange: 0)', 'minChange is 0: give 1 or more.'],
    [
      'groupChanged(filter: { minLag: 5 })',
      'filter.minLag needs offsets, which this subscription does not read: use consumerGroupLag.',
    ],
  ])('%s', async (field, message) => {
    expect(await refused(field)).toEqual(['BAD_USER_INPUT', message])
  })

  it.each([
    ['partitionChanged(topics: ["nowhere"])', 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['partitionReassignment(topics: ["nowhere"])', 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['topicThroughput(topics: ["orders", "nowhere"])', 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['partitionChanged(topics: ["no name"])', 'INVALID_TOPIC_EXCEPTION'],
    ['consumerGroupLag(groupIds: ["nobody"])', 'GROUP_ID_NOT_FOUND'],
    ['consumerGroupLag(groupIds: [""])', 'GROUP_ID_NOT_FOUND'],
    ['topicChanged(filter: { namePattern: "(" })', 'BAD_USER_INPUT'],
  ])('%s: %s', async (field, code) => {
    expect((await refused(field))[0]).toBe(code)
  })
})
