import { describe, expect, it } from 'vitest'
import type { ClusterDescription } from '../../src/kafka/cluster.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { testCall } from '../support/call.ts'
import { collected, pass, settled, useTestClock, watching } from './watching.ts'

const orders = toTopicName('orders')

useTestClock()

describe('partition changes', () => {
  const watched = async (topics: readonly (typeof orders)[] | null = [orders]) => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 3 } })
    const watch = await settled(watches.partitionChanges(testCall, { topics, intervalMs: 1000 }))
    return { kafka, watches, ...collected(watch) }
  }

  it('report a leader that moves, one that is lost, and one that returns', async () => {
    const { kafka, events } = await watched()
    kafka.setLeader('orders', 1, 3)
    await pass(1000)
    kafka.setLeader('orders', 1, null)
    await pass(1000)
    kafka.setLeader('orders', 1, 2)
    await pass(1000)
    expect(events).toMatchObject([
      { kind: 'leaderChanged', from: 2, to: 3, partition: { partition: 1, leaderEpoch: 1 } },
      { kind: 'partitionWentOffline', partition: { partition: 1 } },
      { kind: 'leaderChanged', from: null, to: 2, partition: { leaderEpoch: 3 } },
    ])
  })

  it('report by its epoch a leader that was replaced and returned, but not one that was re-elected', async () => {
    const { kafka, events } = await watched()
    kafka.setLeader('orders', 0, 1)
    await pass(1000)
    expect(events).toEqual([])
    kafka.setLeader('orders', 0, 2)
    kafka.setLeader('orders', 0, 1)
    await pass(1000)
    expect(events).toMatchObject([{ kind: 'leaderChanged', from: 1, to: 1, partition: { leaderEpoch: 3 } }])
  })

  it('report which replicas left and joined the ISR, in any order', async () => {
    const { kafka, events } = await watched()
    kafka.setIsr('orders', 0, [3, 1])
    await pass(1000)
    kafka.setIsr('orders', 0, [1, 3])
    await pass(1000)
    kafka.setIsr('orders', 0, [1, 2])
    await pass(1000)
    expect(events).toMatchObject([
      { kind: 'isrChanged', added: [], removed: [2], partition: { isr: [3, 1] } },
      { kind: 'isrChanged', added: [2], removed: [3], partition: { isr: [1, 2] } },
    ])
  })

  it('of new partitions and topics begin with the first change after their creation', async () => {
    const { kafka, events } = await watched(null)
    kafka.addPartitions('orders', 4)
    kafka.addTopic('clicks', 1)
    await pass(1000)
    expect(events).toEqual([])
    kafka.setLeader('orders', 3, 2)
    kafka.setIsr('clicks', 0, [1])
    await pass(1000)
    expect(events.map(({ kind, topic }) => `${topic.name} ${kind}`)).toEqual([
      'orders leaderChanged',
      'clicks isrChanged',
    ])
  })

  it.each([
    ['TOPIC_DELETED', 'removeTopic'],
    ['TOPIC_RECREATED', 'recreateTopic'],
  ] as const)('of named topics end with %s, after the remaining events', async (code, change) => {
    const { kafka, watches, events, end } = await watched()
    kafka.setLeader('orders', 0, 2)
    await pass(1000)
    kafka[change]('orders')
    await pass(3000)
    expect(events).toHaveLength(1)
    expect(end).toMatchObject({ isOver: true, error: { code, details: { topic: 'orders' } } })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
  })

  it('of all topics continue when one is deleted', async () => {
    const { kafka, events, end } = await watched(null)
    kafka.removeTopic('orders')
    await pass(3000)
    expect({ events, ...end }).toEqual({ events: [], error: null, isOver: false })
  })

  it('are not taken from a lagging broker', async () => {
    const { kafka, events, end } = await watched()
    const stale = await kafka.describeTopics(testCall, [orders])
    kafka.setLeader('orders', 0, 3)
    kafka.addPartitions('orders', 5)
    await pass(1000)
    const { describeTopics } = kafka
    kafka.describeTopics = async () => stale
    await pass(1000)
    kafka.describeTopics = describeTopics
    await pass(1000)
    expect(events).toHaveLength(1)
    expect(end.isOver).toBe(false)
  })
})

describe('topic changes', () => {
  const watched = async (matches: (name: string) => boolean = () => true) => {
    const { kafka, watches } = watching({ topics: { orders: 1 } })
    const watch = await settled(
      watches.topicChanges(testCall, { matches: ({ name }) => matches(name), key: String(matches) }),
    )
    return { kafka, watches, ...collected(watch) }
  }

  it('report topics that are created, extended and deleted', async () => {
    const { kafka, events } = await watched()
    kafka.addTopic('clicks', 1)
    await pass(1000)
    kafka.addPartitions('clicks', 4)
    await pass(1000)
    kafka.removeTopic('clicks')
    await pass(3000)
    expect(events).toMatchObject([
      { kind: 'topicCreated', topic: { name: 'clicks' } },
      { kind: 'partitionsAdded', topic: { name: 'clicks' }, from: 1, to: 4 },
      { kind: 'topicDeleted', topic: { name: 'clicks' } },
    ])
  })

  it('report a recreated topic as deleted and created, by its ids', async () => {
    const { kafka, events } = await watched()
    const [before] = await kafka.listTopics(testCall)
    kafka.recreateTopic('orders', 2)
    await pass(3000)
    const [after] = await kafka.listTopics(testCall)
    expect(events).toMatchObject([
      { kind: 'topicDeleted', topic: { topicId: before?.topicId } },
      { kind: 'topicCreated', topic: { topicId: after?.topicId } },
    ])
  })

  it('report nothing when a single broker does not know a topic', async () => {
    const { kafka, events } = await watched()
    const { listTopics } = kafka
    kafka.listTopics = async () => []
    await pass(1000)
    kafka.listTopics = listTopics
    await pass(5000)
    expect(events).toEqual([])
  })

  it('report configs with new values, also of more topics than one poll asks for', async () => {
    const { kafka, events } = await watched()
    for (let index = 0; index < 7; index++) kafka.addTopic(`t${index}`, 1)
    await pass(30_000)
    const before = events.length
    const resource = { type: 'TOPIC' as const, name: 't6' }
    await kafka.incrementalAlterConfigs(testCall, resource, [{ name: 'retention.ms', op: 'SET', value: '1000' }])
    await pass(30_000)
    expect(events.slice(before)).toMatchObject([
      { kind: 'topicConfigChanged', topic: { name: 't6' }, entries: [{ name: 'retention.ms', value: '1000' }] },
    ])
  })

  it('are those of the matching topics, and no config of another topic is requested', async () => {
    const { kafka, events } = await watched(name => name.startsWith('click'))
    kafka.addTopic('clicks', 1)
    kafka.addTopic('payments', 1)
    kafka.removeTopic('orders')
    await pass(10_000)
    expect(events).toMatchObject([{ kind: 'topicCreated', topic: { name: 'clicks' } }])
    expect(events).toHaveLength(1)
  })
})

describe('broker changes', () => {
  it('report brokers that join and leave when two polls agree, and the leader of the controllers', async () => {
    const { kafka, watches } = watching({ brokers: 3 })
    const all = await kafka.describeCluster(testCall)
    let described: ClusterDescription = all
    kafka.describeCluster = async () => described
    const { events } = collected(await settled(watches.brokerChanges(testCall)))
    described = { ...all, brokers: all.brokers.slice(1), controllerId: 2 }
    await pass(1000)
    expect(events).toEqual([{ kind: 'controllerChanged', from: 1, to: 2 }])
    await pass(1000)
    described = { ...all, controllerId: null }
    await pass(1000)
    described = all
    await pass(2000)
    expect(events.slice(1).map(event => [event.kind, 'broker' in event ? event.broker.nodeId : event.to])).toEqual([
      ['brokerLeft', 1],
      ['brokerJoined', 1],
      ['controllerChanged', 1],
    ])
    await watches[Symbol.asyncDispose]()
  })
})

describe('cluster health', () => {
  it('is sent at once, then at each change', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 3 } })
    const { events } = collected(await settled(watches.clusterHealth(testCall, { intervalMs: 1000 })))
    await pass(5000)
    expect(events).toMatchObject([{ brokerCount: 3, health: { offline: [], preferredLeaderImbalance: 0 } }])
    kafka.setLeader('orders', 0, null)
    await pass(5000)
    kafka.setLeader('orders', 0, 1)
    await pass(5000)
    expect(events.map(({ health }) => health.offline.length)).toEqual([0, 1, 0])
    await watches[Symbol.asyncDispose]()
  })
})

describe('topic throughput', () => {
  it('is the growth of offsets in the measured time, for each partition and in total', async () => {
    const { kafka, watches } = watching({ topics: { orders: 2 } })
    const { events } = collected(
      await settled(watches.topicThroughput(testCall, { topics: [orders], intervalMs: 2000 })),
    )
    await pass(2000)
    kafka.append('orders', 0, Array(30).fill('v'))
    kafka.append('orders', 1, Array(10).fill('v'))
    await pass(2000)
    const [topic] = events.at(-1) ?? []
    expect(topic?.messagesInPerSecond).toBeCloseTo(20, 0)
    expect(topic?.partitions.map(one => [Math.round(one.messagesInPerSecond), one.latestOffset])).toEqual([
      [15, 30n],
      [5, 10n],
    ])
    await pass(2000)
    expect(events.at(-1)?.[0]?.messagesInPerSecond).toBe(0)
    await watches[Symbol.asyncDispose]()
  })

  it('is never negative, restarts with a recreated topic, and ends with a deleted one', async () => {
    const { kafka, watches } = watching({ topics: { orders: 1 } })
    kafka.append('orders', 0, Array(100).fill('v'))
    const { events, end } = collected(
      await settled(watches.topicThroughput(testCall, { topics: [orders], intervalMs: 1000 })),
    )
    kafka.truncate('orders', 0, 50)
    await pass(2000)
    kafka.recreateTopic('orders')
    kafka.append('orders', 0, Array(500).fill('v'))
    await pass(5000)
    expect(events.flat().every(({ messagesInPerSecond }) => messagesInPerSecond === 0)).toBe(true)
    kafka.append('orders', 0, Array(10).fill('v'))
    await pass(1000)
    expect(events.at(-1)?.[0]?.messagesInPerSecond).toBeCloseTo(10, 0)
    kafka.removeTopic('orders')
    await pass(3000)
    expect(end).toMatchObject({ isOver: true, error: { code: 'TOPIC_DELETED' } })
  })

  it('ends with UNSUPPORTED_VERSION where no broker returns log ends', async () => {
    const kafka = inMemoryKafka({ topics: { orders: 1 } })
    const unsupported = new KafkaError('UNSUPPORTED_VERSION', 'no ListOffsets')
    const catalog = {
      ...kafka,
      listOffsets: async (_call: unknown, requests: readonly unknown[]) => requests.map(() => unsupported),
    }
    const { watches } = watching({}, { catalog })
    await expect(settled(watches.topicThroughput(testCall, { topics: [orders], intervalMs: 1000 }))).rejects.toBe(
      unsupported,
    )
    await watches[Symbol.asyncDispose]()
  })

  it('of a partition without a leader is zero, and afterwards averaged over that time', async () => {
    const { kafka, watches } = watching({ topics: { orders: 1 } })
    const { events } = collected(
      await settled(watches.topicThroughput(testCall, { topics: [orders], intervalMs: 1000 })),
    )
    await pass(1000)
    kafka.setLeader('orders', 0, null)
    kafka.append('orders', 0, Array(40).fill('v'))
    await pass(3000)
    kafka.setLeader('orders', 0, 1)
    await pass(1000)
    expect(events.at(-2)?.[0]?.messagesInPerSecond).toBe(0)
    expect(events.at(-1)?.[0]?.messagesInPerSecond).toBeCloseTo(10, 0)
    await watches[Symbol.asyncDispose]()
  })
})
