import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewTopic } from '../../src/kafka/ports/topic-admin.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const fresh = (): TopicName => toTopicName(freshTopicName())

const topic = (name: TopicName, more: Partial<NewTopic> = {}): NewTopic => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  replicaAssignments: null,
  configs: [],
  ...more,
})

describe.each(implementations)('topic admin of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const partitionCount = async (name: TopicName) =>
    valueIn((await ports.catalog.describeTopics(testCall, [name]))[0]).partitions.length

  it('creates topics with the counts and id that the catalog then returns', async () => {
    const [one, two] = [fresh(), fresh()]
    const made = await ports.topicAdmin.createTopics(testCall, [topic(one, { numPartitions: 3 }), topic(two)])
    const described = await ports.catalog.describeTopics(testCall, [one, two])
    expect(made).toEqual([
      { name: one, topicId: valueIn(described[0]).topicId, numPartitions: 3, replicationFactor: 1 },
      { name: two, topicId: valueIn(described[1]).topicId, numPartitions: 1, replicationFactor: 1 },
    ])
    expect(valueIn(described[0]).partitions).toHaveLength(3)
  })

  it("uses the broker's defaults for omitted counts", async () => {
    const [made] = await ports.topicAdmin.createTopics(testCall, [
      topic(fresh(), { numPartitions: null, replicationFactor: null }),
    ])
    expect(valueIn(made)).toMatchObject({ numPartitions: 1, replicationFactor: 1 })
  })

  it('places replicas as requested', async () => {
    const [nodeId] = (await ports.catalog.describeCluster(testCall)).brokers.map(broker => broker.nodeId)
    const name = fresh()
    const replicaAssignments = [[nodeId ?? 0], [nodeId ?? 0]]
    const placed = topic(name, { numPartitions: null, replicationFactor: null, replicaAssignments })
    const [made] = await ports.topicAdmin.createTopics(testCall, [placed])
    expect(valueIn(made)).toMatchObject({ numPartitions: 2, replicationFactor: 1 })
    const described = valueIn((await ports.catalog.describeTopics(testCall, [name]))[0])
    expect(described.partitions.map(({ replicas }) => replicas)).toEqual(replicaAssignments)
  })

  it("returns Kafka's error per topic; the other topics are created", async () => {
    const [existing, sound] = [fresh(), fresh()]
    await ports.topicAdmin.createTopics(testCall, [topic(existing)])
    const outcomes = await ports.topicAdmin.createTopics(testCall, [
      topic(existing),
      topic(fresh(), { replicationFactor: 99 }),
      topic(fresh(), { replicationFactor: 0 }),
      topic(fresh(), { numPartitions: 0 }),
      topic(fresh(), { numPartitions: -1 }),
      topic(fresh(), { configs: [{ name: 'no.such.config', value: 'x' }] }),
      topic(sound),
    ])
    expect(codesOf(outcomes)).toEqual([
      'TOPIC_ALREADY_EXISTS',
      'INVALID_REPLICATION_FACTOR',
      'INVALID_REPLICATION_FACTOR',
      'INVALID_PARTITIONS',
      'INVALID_PARTITIONS',
      'INVALID_CONFIG',
      null,
    ])
    expect(await partitionCount(sound)).toBe(1)
  })

  it('refuses a repeated name, and creates the others', async () => {
    const [twice, once] = [fresh(), fresh()]
    const outcomes = await ports.topicAdmin.createTopics(testCall, [topic(twice), topic(once), topic(twice)])
    expect(codesOf(outcomes)).toEqual(['INVALID_REQUEST', null, 'INVALID_REQUEST'])
    expect(codesOf(await ports.catalog.describeTopics(testCall, [twice, once]))).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
      null,
    ])
  })

  it('creates nothing with validateOnly, but still finds errors', async () => {
    const name = fresh()
    const wanted = [topic(name, { numPartitions: 4 }), topic(fresh(), { replicationFactor: 99 })]
    const outcomes = await ports.topicAdmin.createTopics(testCall, wanted, { validateOnly: true })
    expect(outcomes[0]).toEqual({ name, topicId: null, numPartitions: 4, replicationFactor: 1 })
    expect(codesOf(outcomes)).toEqual([null, 'INVALID_REPLICATION_FACTOR'])
    expect(codesOf(await ports.catalog.describeTopics(testCall, [name]))).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  })

  it('deletes topics; a missing one fails alone', async () => {
    const [one, missing, two] = [fresh(), fresh(), fresh()]
    await ports.topicAdmin.createTopics(testCall, [topic(one), topic(two)])
    const outcomes = await ports.topicAdmin.deleteTopics(testCall, [one, missing, two])
    expect(outcomes[0]).toBe(one)
    expect(codesOf(outcomes)).toEqual([null, 'UNKNOWN_TOPIC_OR_PARTITION', null])
    const left = (await ports.catalog.listTopics(testCall)).map(({ name }) => name)
    expect(left).not.toContain(one)
    expect(left).not.toContain(two)
  })

  it('refuses a repeated name to delete, and deletes the others', async () => {
    const [twice, once] = [fresh(), fresh()]
    await ports.topicAdmin.createTopics(testCall, [topic(twice), topic(once)])
    const outcomes = await ports.topicAdmin.deleteTopics(testCall, [twice, once, twice])
    expect(codesOf(outcomes)).toEqual(['INVALID_REQUEST', null, 'INVALID_REQUEST'])
    expect(await partitionCount(twice)).toBe(1)
  })

  it('gives a recreated topic a new id', async () => {
    const name = fresh()
    const [first] = await ports.topicAdmin.createTopics(testCall, [topic(name)])
    await ports.topicAdmin.deleteTopics(testCall, [name])
    const [second] = await ports.topicAdmin.createTopics(testCall, [topic(name)])
    expect(valueIn(second).topicId).not.toBe(valueIn(first).topicId)
    expect(valueIn((await ports.catalog.describeTopics(testCall, [name]))[0]).topicId).toBe(valueIn(second).topicId)
  })

  it('adds partitions, each with a leader', async () => {
    const name = fresh()
    await ports.topicAdmin.createTopics(testCall, [topic(name)])
    expect(await ports.topicAdmin.createPartitions(testCall, { topic: name, totalCount: 3, assignments: null })).toBe(
      name,
    )
    const { partitions } = valueIn((await ports.catalog.describeTopics(testCall, [name]))[0])
    expect(partitions.map(({ partition }) => partition)).toEqual([0, 1, 2])
    expect(partitions.every(({ leader }) => leader !== null)).toBe(true)
  })

  it('never removes partitions', async () => {
    const name = fresh()
    await ports.topicAdmin.createTopics(testCall, [topic(name, { numPartitions: 2 })])
    const fewer = await ports.topicAdmin.createPartitions(testCall, { topic: name, totalCount: 1, assignments: null })
    const equal = await ports.topicAdmin.createPartitions(testCall, { topic: name, totalCount: 2, assignments: null })
    const missing = await ports.topicAdmin.createPartitions(testCall, {
      topic: fresh(),
      totalCount: 2,
      assignments: null,
    })
    expect(codesOf([fewer, equal, missing])).toEqual([
      'INVALID_PARTITIONS',
      'INVALID_PARTITIONS',
      'UNKNOWN_TOPIC_OR_PARTITION',
    ])
    expect(await partitionCount(name)).toBe(2)
  })

  it('adds nothing with validateOnly', async () => {
    const name = fresh()
    await ports.topicAdmin.createTopics(testCall, [topic(name)])
    const wanted = { topic: name, totalCount: 2, assignments: null }
    expect(await ports.topicAdmin.createPartitions(testCall, wanted, { validateOnly: true })).toBe(name)
    expect(await partitionCount(name)).toBe(1)
  })

  it('accepts an empty list', async () => {
    expect(await ports.topicAdmin.createTopics(testCall, [])).toEqual([])
    expect(await ports.topicAdmin.deleteTopics(testCall, [])).toEqual([])
  })
})
