import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { type TopicName, toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { commitOffsets, freshGroupId, startClassicMember, startKafkaJsMember } from '../../../support/groups.ts'
import { freshTopicName, oldestKafka, sharedKafka } from '../../../support/kafka.ts'
import type { ToolTarget } from '../../../support/kafka-tools.ts'
import { openKafka } from '../../open-kafka.ts'

const at = (topic: TopicName, partition: number, offset: bigint) => ({
  topic,
  partition,
  offset: toOffset(offset),
  leaderEpoch: null,
  metadata: 'by hand',
})

describe.each([
  ['the newest Kafka', sharedKafka],
  ['the oldest Kafka', oldestKafka],
])('groups of %s', (_, start) => {
  const topic = toTopicName(freshTopicName('grouped'))
  let target: ToolTarget
  let kafka: KafkaAdapter

  beforeAll(async () => {
    target = await start()
    // Cached for long, so that only the adapter's own changes cause a reload.
    const groups = { deadlineMs: 10_000, brokerMs: 3000, cacheMs: 60_000 }
    kafka = openKafka(target.bootstrapServers, { limits: { groups } })
    const created = { name: topic, numPartitions: 4, replicationFactor: 1, replicaAssignments: null, configs: [] }
    await kafka.topicAdmin.createTopics(testCall, [created])
  })

  afterAll(() => kafka[Symbol.asyncDispose]())

  const describeFresh = async (groupId: string) => {
    await using other = openKafka(target.bootstrapServers)
    return valueIn((await other.groups.describeGroups(testCall, [groupId]))[0])
  }

  it('the members of a classic group share its partitions', async () => {
    const groupId = freshGroupId()
    await using _one = await startKafkaJsMember(target, { groupId, topic, clientId: 'one' })
    await using _two = await startKafkaJsMember(target, { groupId, topic, clientId: 'two' })
    const group = await eventually(async () => {
      const described = await describeFresh(groupId)
      expect(described.members.map(member => member.assignment.length)).toEqual([2, 2])
      return described
    })
    expect(group).toMatchObject({ type: 'CLASSIC', protocol: 'consumer', state: 'STABLE', groupEpoch: null })
    expect(group.partitionAssignor).toBe('RoundRobinAssigner')
    expect(group.members.map(({ clientId }) => clientId)).toEqual(['one', 'two'])
    const partitions = group.members.flatMap(({ assignment }) => assignment.map(one => one.partition))
    expect(partitions.sort()).toEqual([0, 1, 2, 3])
    expect(codesOf(await kafka.groupAdmin.alterOffsets(testCall, groupId, [at(topic, 0, 1n)]))).toEqual([
      'UNKNOWN_MEMBER_ID',
    ])
    expect(codesOf(await kafka.groupAdmin.deleteGroups(testCall, [groupId]))).toEqual(['NON_EMPTY_GROUP'])
  })

  it('a group with only commits has no members', async () => {
    const groupId = freshGroupId()
    await commitOffsets(target, groupId, { [topic]: [3n] })
    const group = await describeFresh(groupId)
    expect(group).toMatchObject({ type: 'CLASSIC', protocol: '', state: 'EMPTY', members: [], partitionAssignor: null })
    expect(group.authorizedOperations).toEqual(expect.arrayContaining(['READ', 'DELETE', 'DESCRIBE']))
  })

  it('offsets are committed, read and deleted, each partition with its own outcome', async () => {
    const groupId = freshGroupId()
    const missing = toTopicName(freshTopicName())
    const wanted = [at(topic, 2, 5n), at(topic, 0, 1n << 40n), at(topic, 9, 1n), at(missing, 0, 1n), at(topic, 0, 7n)]
    const absent = 'UNKNOWN_TOPIC_OR_PARTITION'
    const outcomes = await kafka.groupAdmin.alterOffsets(testCall, groupId, wanted)
    expect(codesOf(outcomes)).toEqual([null, null, absent, absent, 'INVALID_REQUEST'])
    expect(valueIn((await kafka.groups.committedOffsets(testCall, [groupId]))[0])).toEqual([
      at(topic, 0, 1n << 40n),
      at(topic, 2, 5n),
    ])
    const forgotten = await kafka.groupAdmin.deleteOffsets(testCall, groupId, [at(topic, 0, 0n), at(missing, 0, 0n)])
    expect(codesOf(forgotten)).toEqual([null, absent])
    expect(valueIn((await kafka.groups.committedOffsets(testCall, [groupId]))[0])).toEqual([at(topic, 2, 5n)])
  })

  it('own deletions are visible at once, and new groups of others are found despite the cache', async () => {
    const groupId = freshGroupId()
    await kafka.groups.listGroups(testCall)
    expect(codesOf(await kafka.groups.describeGroups(testCall, [groupId]))).toEqual(['GROUP_ID_NOT_FOUND'])
    expect(await kafka.groups.committedOffsets(testCall, [groupId])).toEqual([[]])
    await commitOffsets(target, groupId, { [topic]: [3n] })
    expect(await kafka.groups.committedOffsets(testCall, [groupId])).toMatchObject([[{ offset: 3n }]])
    expect(codesOf(await kafka.groups.describeGroups(testCall, [groupId]))).toEqual([null])
    const outcomes = await kafka.groupAdmin.deleteGroups(testCall, [groupId, freshGroupId(), groupId])
    expect(codesOf(outcomes)).toEqual([null, 'GROUP_ID_NOT_FOUND', 'INVALID_REQUEST'])
    expect(codesOf(await kafka.groups.describeGroups(testCall, [groupId]))).toEqual(['GROUP_ID_NOT_FOUND'])
    const listed = (await kafka.groups.listGroups(testCall)).groups.map(group => group.groupId)
    expect(listed).not.toContain(groupId)
    expect(listed).toEqual([...listed].sort())
  })

  it('a static member is removed by its id', async () => {
    const groupId = freshGroupId('static')
    const member = await startClassicMember(target, { groupId, topic, groupInstanceId: 'i-1' })
    await member[Symbol.asyncDispose]()
    expect((await describeFresh(groupId)).members).toMatchObject([{ groupInstanceId: 'i-1' }])
    expect(codesOf(await kafka.groupAdmin.removeMembers(testCall, groupId, ['nobody', 'i-1']))).toEqual([
      'UNKNOWN_MEMBER_ID',
      null,
    ])
    expect((await describeFresh(groupId)).members).toEqual([])
  })

  it('aborting affects only the caller itself', async () => {
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(kafka.groups.describeGroups({ ...testCall, signal }, ['any'])).rejects.toThrow('gone')
    await expect(kafka.groups.committedOffsets({ ...testCall, signal }, ['any'])).rejects.toThrow('gone')
    await expect(kafka.groupAdmin.alterOffsets({ ...testCall, signal }, 'any', [at(topic, 0, 1n)])).rejects.toThrow(
      'gone',
    )
    expect(codesOf(await kafka.groups.describeGroups(testCall, ['any']))).toEqual(['GROUP_ID_NOT_FOUND'])
  })
})
