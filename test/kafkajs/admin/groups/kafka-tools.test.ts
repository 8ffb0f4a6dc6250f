import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GroupDescription } from '../../../../src/kafka/groups.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import {
  describeGroupsByTool,
  describeShareGroupByTool,
  groupToolOutput,
  listGroupsByTool,
  shareGroupToolOutput,
} from '../../../support/group-tool.ts'
import {
  commitOffsets,
  freshGroupId,
  type GroupMember,
  startClassicMember,
  startConsumerMember,
  startKafkaJsMember,
  startShareMember,
} from '../../../support/groups.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import type { ToolTarget } from '../../../support/kafka-tools.ts'
import { openKafka } from '../../open-kafka.ts'

const topic = toTopicName(freshTopicName('grouped'))
const classic = freshGroupId('classic')
const consumer = freshGroupId('consumer')
const share = freshGroupId('share')
const simple = freshGroupId('simple')

let target: ToolTarget
let kafka: KafkaAdapter
const members: GroupMember[] = []

const describeGroup = async (groupId: string): Promise<GroupDescription> =>
  valueIn((await kafka.groups.describeGroups(testCall, [groupId]))[0])

/** Waits until the group is stable. */
const untilStable = (groupId: string, memberCount: number): Promise<GroupDescription> =>
  eventually(async () => {
    const group = await describeGroup(groupId)
    expect([group.state, group.members.length]).toEqual(['STABLE', memberCount])
    return group
  })

const committed = async (groupId: string) => valueIn((await kafka.groups.committedOffsets(testCall, [groupId]))[0])

const at = (partition: number, offset: bigint) => ({ topic, partition, offset: toOffset(offset) })
const from = (partition: number, offset: bigint) => ({ ...at(partition, offset), leaderEpoch: null, metadata: '' })

beforeAll(async () => {
  target = await sharedKafka()
  kafka = openKafka(target.bootstrapServers)
  const created = { name: topic, numPartitions: 3, replicationFactor: 1, replicaAssignments: null, configs: [] }
  await kafka.topicAdmin.createTopics(testCall, [created])
  await commitOffsets(target, simple, { [topic]: [5n, 0n, 7n] })
  members.push(
    ...(await Promise.all([
      startKafkaJsMember(target, { groupId: classic, topic, clientId: 'one' }),
      startKafkaJsMember(target, { groupId: classic, topic, clientId: 'two' }),
      startConsumerMember(target, { groupId: consumer, topic, properties: { 'client.rack': 'rack-7' } }),
      startShareMember(target, { groupId: share, topic }),
    ])),
  )
})

afterAll(async () => {
  for (const member of members) await member[Symbol.asyncDispose]()
  await kafka[Symbol.asyncDispose]()
})

/** A member's assignment as `--members --verbose` prints it: "topic:0,2". */
const printedAssignment = (assignment: readonly { readonly partition: number }[]): string | null =>
  assignment.length === 0 ? null : `${topic}:${assignment.map(one => one.partition).join(',')}`

const printedMembers = (group: GroupDescription) =>
  group.members.map(({ memberId, clientId, host, assignment }) => ({
    'CONSUMER-ID': memberId,
    'CLIENT-ID': clientId,
    HOST: host,
    assignment: printedAssignment(assignment),
  }))

describe("this adapter and Kafka's own tools agree", () => {
  it('on the type, protocol and coordinator of every group', async () => {
    const printed = new Map((await listGroupsByTool(target)).map(row => [row.GROUP, row]))
    const { groups, failures } = await kafka.groups.listGroups(testCall)
    expect(failures).toEqual([])
    const ours = groups.filter(({ groupId }) => [classic, consumer, share, simple].includes(groupId))
    const seen = ours.map(({ groupId, type, protocol }) => [groupId, type, protocol])
    expect(seen).toEqual([
      [classic, 'CLASSIC', 'consumer'],
      [consumer, 'CONSUMER', 'consumer'],
      [share, 'SHARE', 'share'],
      [simple, 'CLASSIC', ''],
    ])
    for (const [groupId = '', type = '', protocol] of seen) {
      expect(printed.get(groupId)).toMatchObject({ PROTOCOL: protocol || null })
      expect(printed.get(groupId)?.TYPE?.toUpperCase()).toBe(type)
    }
  })

  it('on the state, assignor and epochs', async () => {
    await Promise.all([untilStable(classic, 2), untilStable(consumer, 1), untilStable(share, 1)])
    const printed = await describeGroupsByTool(target, 'state', [classic, consumer, simple])
    const printedShare = await describeShareGroupByTool(target, 'state', share)
    for (const row of [...printed, ...printedShare]) {
      const group = await describeGroup(row.GROUP ?? '')
      expect(row['COORDINATOR(ID)']).toContain(`(${group.coordinator})`)
      expect(row.STATE?.toUpperCase()).toBe(group.state)
      expect(row['#MEMBERS']).toBe(String(group.members.length))
      if (group.type === 'SHARE') continue
      expect(row['ASSIGNMENT-STRATEGY']).toBe(group.partitionAssignor)
      expect(row['GROUP-EPOCH']).toBe(group.groupEpoch === null ? null : String(group.groupEpoch))
      const targetEpoch = group.targetAssignmentEpoch
      expect(row['TARGET-ASSIGNMENT-EPOCH']).toBe(targetEpoch === null ? null : String(targetEpoch))
    }
    expect(printed.map(row => row.GROUP).sort()).toEqual([classic, consumer, simple].sort())
  })

  it('on the members and their partitions, in groups of every protocol', async () => {
    const printed = await describeGroupsByTool(target, 'members', [classic, consumer])
    const printedShare = await describeShareGroupByTool(target, 'members', share)
    for (const groupId of [classic, consumer, share]) {
      const group = await describeGroup(groupId)
      const rows = [...printed, ...printedShare].filter(row => row.GROUP === groupId)
      const seen = rows.map(row => ({
        'CONSUMER-ID': row['CONSUMER-ID'],
        'CLIENT-ID': row['CLIENT-ID'],
        HOST: row.HOST,
        assignment: row['CURRENT-ASSIGNMENT'] ?? row.ASSIGNMENT,
      }))
      expect(seen).toHaveLength(group.members.length)
      expect(seen).toEqual(expect.arrayContaining(printedMembers(group)))
    }
    const [member] = (await describeGroup(consumer)).members
    expect(member).toMatchObject({ rackId: 'rack-7', isUpgraded: true, groupInstanceId: null })
    expect(member?.targetAssignment).toEqual(member?.assignment)
  })

  it('on committed offsets', async () => {
    const rows = await describeGroupsByTool(target, 'offsets', [simple])
    const printed = rows.map(row => [Number(row.PARTITION), row['CURRENT-OFFSET']])
    expect((await committed(simple)).map(one => [one.partition, String(one.offset)])).toEqual(printed.sort())
    expect(printed).toHaveLength(3)
  })
})

describe("this adapter and Kafka's own tools read each other's changes:", () => {
  it('committed offsets that create a group, and their deletion', async () => {
    const groupId = freshGroupId()
    expect(await committed(groupId)).toEqual([])
    expect(codesOf(await kafka.groupAdmin.alterOffsets(testCall, groupId, [from(0, 11n), from(2, 13n)]))).toEqual([
      null,
      null,
    ])
    const rows = await describeGroupsByTool(target, 'offsets', [groupId])
    expect(rows.map(row => [row.PARTITION, row['CURRENT-OFFSET']]).sort()).toEqual([
      ['0', '11'],
      ['2', '13'],
    ])
    await groupToolOutput(
      target,
      ['--reset-offsets', '--to-earliest', '--execute', '--group', groupId].concat('--topic', `${topic}:0`),
    )
    expect(await committed(groupId)).toMatchObject([at(0, 0n), at(2, 13n)])
    await groupToolOutput(target, ['--delete-offsets', '--group', groupId, '--topic', `${topic}:2`])
    expect(await committed(groupId)).toMatchObject([at(0, 0n)])
    expect(codesOf(await kafka.groupAdmin.deleteOffsets(testCall, groupId, [{ topic, partition: 0 }]))).toEqual([null])
    expect(await committed(groupId)).toEqual([])
  })

  it('deleted groups', async () => {
    const [one, two] = [freshGroupId(), freshGroupId()]
    await commitOffsets(target, one, { [topic]: [1n] })
    await commitOffsets(target, two, { [topic]: [1n] })
    await groupToolOutput(target, ['--delete', '--group', one])
    expect(codesOf(await kafka.groups.describeGroups(testCall, [one, two]))).toEqual(['GROUP_ID_NOT_FOUND', null])
    expect(await kafka.groupAdmin.deleteGroups(testCall, [two])).toEqual([two])
    expect((await listGroupsByTool(target)).map(row => row.GROUP)).not.toContain(two)
    expect(codesOf(await kafka.groups.describeGroups(testCall, [two]))).toEqual(['GROUP_ID_NOT_FOUND'])
  })

  it('the start offsets of a share group without members', async () => {
    const groupId = freshGroupId('share')
    const member = await startShareMember(target, { groupId, topic })
    await untilStable(groupId, 1).finally(() => member[Symbol.asyncDispose]())
    await eventually(async () => expect(await describeGroup(groupId)).toMatchObject({ state: 'EMPTY' }))
    expect(codesOf(await kafka.groupAdmin.alterOffsets(testCall, groupId, [from(1, 0n)]))).toEqual([null])
    const rows = await describeShareGroupByTool(target, 'offsets', groupId)
    expect(rows.find(row => row.PARTITION === '1')).toMatchObject({ 'START-OFFSET': '0' })
    expect(await committed(groupId)).toContainEqual({ ...at(1, 0n), leaderEpoch: 0, metadata: '', lag: 0n })
    await shareGroupToolOutput(target, ['--delete-offsets', '--group', groupId, '--topic', topic])
    expect(await committed(groupId)).toEqual([])
    await kafka.groupAdmin.alterOffsets(testCall, groupId, [from(0, 0n), from(2, 0n)])
    const [one, two] = [
      { topic, partition: 0 },
      { topic, partition: 2 },
    ]
    expect(codesOf(await kafka.groupAdmin.deleteOffsets(testCall, groupId, [one]))).toEqual(['INVALID_REQUEST'])
    expect(await committed(groupId)).toMatchObject([one, two])
    expect(await kafka.groupAdmin.deleteOffsets(testCall, groupId, [two, one])).toEqual([two, one])
    expect(await committed(groupId)).toEqual([])
    expect(await kafka.groupAdmin.deleteGroups(testCall, [groupId])).toEqual([groupId])
  })
})

describe('Kafka protects groups with members', () => {
  it.each([
    ['classic', () => classic, 'GROUP_SUBSCRIBED_TO_TOPIC'],
    ['consumer', () => consumer, 'GROUP_SUBSCRIBED_TO_TOPIC'],
  ])('a %s group keeps its offsets and is not deleted', async (_, idOf, refusal) => {
    const groupId = idOf()
    expect(codesOf(await kafka.groupAdmin.alterOffsets(testCall, groupId, [from(0, 1n)]))).toEqual([
      'UNKNOWN_MEMBER_ID',
    ])
    expect(codesOf(await kafka.groupAdmin.deleteOffsets(testCall, groupId, [{ topic, partition: 0 }]))).toEqual([
      refusal,
    ])
    expect(codesOf(await kafka.groupAdmin.deleteGroups(testCall, [groupId]))).toEqual(['NON_EMPTY_GROUP'])
    expect((await describeGroup(groupId)).members.length).toBeGreaterThan(0)
  })

  it('a static member that stopped stays until it is removed by its id', async () => {
    const groupId = freshGroupId('static')
    const member = await startClassicMember(target, { groupId, topic, groupInstanceId: 'i-1' })
    await member[Symbol.asyncDispose]()
    expect((await describeGroup(groupId)).members).toMatchObject([{ groupInstanceId: 'i-1' }])
    const outcomes = await kafka.groupAdmin.removeMembers(testCall, groupId, ['i-1', 'nobody', 'i-1'])
    expect(codesOf(outcomes)).toEqual([null, 'UNKNOWN_MEMBER_ID', 'INVALID_REQUEST'])
    expect((await describeGroup(groupId)).members).toEqual([])
    expect(await describeGroupsByTool(target, 'state', [groupId])).toMatchObject([{ '#MEMBERS': '0' }])
  })
})
