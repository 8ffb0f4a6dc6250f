import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TopicDescription } from '../../src/kafka/cluster.ts'
import type { IsolationLevel } from '../../src/kafka/message.ts'
import type { OffsetQuery } from '../../src/kafka/ports/catalog.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const fresh = (): TopicName => toTopicName(freshTopicName())
const day = 86_400_000
/** Whether these are known depends on which Kafka request returned the topic. */
const withoutElr = ({ partitions, ...topic }: TopicDescription) => ({
  ...topic,
  partitions: partitions.map(one => ({ ...one, eligibleLeaderReplicas: null, lastKnownEligibleLeaderReplicas: null })),
})

describe.each(implementations)('catalog of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const create = async (numPartitions = 1, configs: readonly { name: string; value: string }[] = []) => {
    const name = fresh()
    const wanted = { name, numPartitions, replicationFactor: 1, replicaAssignments: null, configs }
    const [made] = await ports.topicAdmin.createTopics(testCall, [wanted])
    return valueIn(made).name
  }

  const ask = (topic: TopicName, partition: number, at: OffsetQuery, isolationLevel: IsolationLevel) => ({
    topic,
    partition,
    at,
    isolationLevel,
  })

  it('returns the brokers and the controller', async () => {
    const { brokers, controllerId, clusterId } = await ports.catalog.describeCluster(testCall)
    expect(clusterId).not.toBe('')
    expect(brokers).toEqual([{ nodeId: 1, host: '127.0.0.1', port: expect.any(Number), rack: null }])
    expect(controllerId).toBe(1)
  })

  it('lists every topic by name, with the same description as a single lookup', async () => {
    const names = [await create(2), await create()].sort()
    const listed = (await ports.catalog.listTopics(testCall)).filter(({ name }) => names.includes(name))
    expect(listed.map(({ name }) => name)).toEqual(names)
    const described = (await ports.catalog.describeTopics(testCall, names)).map(valueIn)
    expect(listed.map(withoutElr)).toEqual(described.map(withoutElr))
  })

  it('describes partitions in order, with leader, leader epoch, replicas and ISR', async () => {
    const name = await create(3)
    const { topicId, isInternal, partitions } = valueIn((await ports.catalog.describeTopics(testCall, [name]))[0])
    expect(topicId).toMatch(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/)
    expect(isInternal).toBe(false)
    expect(partitions).toEqual(
      [0, 1, 2].map(partition => ({
        partition,
        leader: 1,
        leaderEpoch: 0,
        replicas: [1],
        isr: [1],
        offlineReplicas: [],
        eligibleLeaderReplicas: partitions[0]?.eligibleLeaderReplicas,
        lastKnownEligibleLeaderReplicas: partitions[0]?.lastKnownEligibleLeaderReplicas,
      })),
    )
    for (const { eligibleLeaderReplicas } of partitions) expect(eligibleLeaderReplicas ?? []).toEqual([])
  })

  it('returns one outcome per name, in order: an unknown name fails alone, a repeated name gets two outcomes', async () => {
    const name = await create()
    const outcomes = await ports.catalog.describeTopics(testCall, [name, fresh(), name])
    expect(codesOf(outcomes)).toEqual([null, 'UNKNOWN_TOPIC_OR_PARTITION', null])
    expect(outcomes[2]).toEqual(outcomes[0])
  })

  it('finds both ends of a log, including messages just written', async () => {
    const name = await create()
    const ends = () =>
      ports.catalog.listOffsets(testCall, [
        ask(name, 0, 'earliest', 'READ_COMMITTED'),
        ask(name, 0, 'latest', 'READ_COMMITTED'),
        ask(name, 0, 'latest', 'READ_UNCOMMITTED'),
      ])
    expect((await ends()).map(one => valueIn(one).offset)).toEqual([0n, 0n, 0n])
    await ports.write(name, 0, [
      { value: 'a', timestamp: Date.now() },
      { value: 'b', timestamp: Date.now() },
    ])
    expect((await ends()).map(one => valueIn(one).offset)).toEqual([0n, 2n, 2n])
  })

  it('finds the first message at or after a time, and nothing if none is that recent', async () => {
    const name = await create()
    const start = Date.now() - day
    await ports.write(
      name,
      0,
      [0, 1000, 2000].map(later => ({ value: String(later), timestamp: start + later })),
    )
    const times = [0, start + 1, start + 2000, start + 2001, Date.now() + day]
    const found = await ports.catalog.listOffsets(
      testCall,
      times.map(timestamp => ask(name, 0, { timestamp }, 'READ_UNCOMMITTED')),
    )
    expect(found.map(valueIn)).toEqual([
      { offset: 0n, timestamp: start, leaderEpoch: 0 },
      { offset: 1n, timestamp: start + 1000, leaderEpoch: 0 },
      { offset: 2n, timestamp: start + 2000, leaderEpoch: 0 },
      { offset: null, timestamp: null, leaderEpoch: null },
      { offset: null, timestamp: null, leaderEpoch: null },
    ])
  })

  it('finds the first message with the greatest timestamp, and nothing in an empty partition', async () => {
    const name = await create(2)
    const start = Date.now() - day
    for (const later of [0, 2000, 1000, 2000]) {
      await ports.write(name, 0, [{ value: String(later), timestamp: start + later }])
    }
    const found = await ports.catalog.listOffsets(
      testCall,
      [0, 1].map(partition => ask(name, partition, 'maxTimestamp', 'READ_UNCOMMITTED')),
    )
    expect(found.map(valueIn)).toEqual([
      { offset: 1n, timestamp: start + 2000, leaderEpoch: 0 },
      { offset: null, timestamp: null, leaderEpoch: null },
    ])
  })

  it('returns UNKNOWN_TOPIC_OR_PARTITION for missing partitions, and the offsets of the others', async () => {
    const name = await create(2)
    const outcomes = await ports.catalog.listOffsets(testCall, [
      ask(name, 2, 'latest', 'READ_COMMITTED'),
      ask(name, 1, 'latest', 'READ_COMMITTED'),
      ask(fresh(), 0, 'latest', 'READ_COMMITTED'),
      ask(name, -1, 'latest', 'READ_COMMITTED'),
    ])
    const unknown = 'UNKNOWN_TOPIC_OR_PARTITION'
    expect(codesOf(outcomes)).toEqual([unknown, null, unknown, unknown])
  })

  it("returns a topic's configs by name, with overrides and defaults marked", async () => {
    const name = await create(1, [{ name: 'retention.ms', value: '3600000' }])
    const [outcome] = await ports.catalog.describeConfigs(testCall, [{ type: 'TOPIC', name }])
    const entries = valueIn(outcome)
    expect(entries.map(entry => entry.name)).toEqual(entries.map(entry => entry.name).sort())
    expect(entries.find(entry => entry.name === 'retention.ms')).toEqual({
      name: 'retention.ms',
      value: '3600000',
      source: 'DYNAMIC_TOPIC_CONFIG',
      type: 'LONG',
      isSensitive: false,
      isReadOnly: false,
      synonyms: [],
      documentation: null,
    })
    expect(entries.find(entry => entry.name === 'cleanup.policy')).toMatchObject({
      value: 'delete',
      source: 'DEFAULT_CONFIG',
      type: 'LIST',
    })
  })

  it('returns only the named configs if names are given', async () => {
    const name = await create()
    const resource = { type: 'TOPIC', name } as const
    const names = ['retention.ms', 'no.such.config', 'cleanup.policy']
    const entries = valueIn((await ports.catalog.describeConfigs(testCall, [resource], { names }))[0])
    expect(entries.map(entry => entry.name)).toEqual(['cleanup.policy', 'retention.ms'])
    expect(valueIn((await ports.catalog.describeConfigs(testCall, [resource]))[0]).length).toBeGreaterThan(2)
  })

  it('returns synonyms and documentation on request', async () => {
    const name = await create(1, [{ name: 'cleanup.policy', value: 'compact' }])
    const options = { includeSynonyms: true, includeDocumentation: true }
    const [outcome] = await ports.catalog.describeConfigs(testCall, [{ type: 'TOPIC', name }], options)
    const entry = valueIn(outcome).find(one => one.name === 'cleanup.policy')
    expect(entry?.documentation).toMatch(/retention policy/)
    expect(entry?.synonyms).toEqual([
      { name: 'cleanup.policy', value: 'compact', source: 'DYNAMIC_TOPIC_CONFIG' },
      { name: 'log.cleanup.policy', value: 'delete', source: 'DEFAULT_CONFIG' },
    ])
  })

  it('returns one outcome per resource, in order: a missing resource fails alone', async () => {
    const name = await create()
    const outcomes = await ports.catalog.describeConfigs(testCall, [
      { type: 'TOPIC', name: fresh() },
      { type: 'BROKER', name: '1' },
      { type: 'BROKER', name: '77' },
      { type: 'TOPIC', name },
      { type: 'BROKER', name: 'one' },
    ])
    expect(codesOf(outcomes)).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
      null,
      'BROKER_NOT_AVAILABLE',
      null,
      'INVALID_REQUEST',
    ])
  })

  it("throws the signal's reason after an abort", async () => {
    const reason = new Error('the client went away')
    const signal = AbortSignal.abort(reason)
    await expect(ports.catalog.describeCluster({ ...testCall, signal })).rejects.toBe(reason)
    await expect(ports.catalog.listTopics({ ...testCall, signal })).rejects.toBe(reason)
    await expect(ports.catalog.describeTopics({ ...testCall, signal }, [fresh()])).rejects.toBe(reason)
    const offset = ask(fresh(), 0, 'latest', 'READ_COMMITTED')
    await expect(ports.catalog.listOffsets({ ...testCall, signal }, [offset])).rejects.toBe(reason)
  })

  it('accepts an empty list', async () => {
    expect(await ports.catalog.describeTopics(testCall, [])).toEqual([])
    expect(await ports.catalog.listOffsets(testCall, [])).toEqual([])
    expect(await ports.catalog.describeConfigs(testCall, [])).toEqual([])
  })
})
