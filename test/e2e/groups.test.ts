import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { DeleteTopicsDocument, DescribeGroupDocument, GroupsLagDocument } from '../generated/operations.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { testCall } from '../support/call.ts'
import { describedGroups, describedShareOffsets, type ToolRow } from '../support/described-groups.ts'
import { eventually } from '../support/eventually.ts'
import {
  commitOffsets,
  freshGroupId,
  type GroupMember,
  startConsumerMember,
  startKafkaJsMember,
  startShareMember,
} from '../support/groups.ts'

const classic = freshGroupId('a-classic')
const consumer = freshGroupId('b-consumer')
const byHand = freshGroupId('c-by-hand')
const share = freshGroupId('d-share')
const members: GroupMember[] = []
let app: TestApp
let topic: string
let shared: string

const messages = (count: number, partition: number, timestamp?: string) =>
  Array.from({ length: count }, () => ({ value: { string: 'x' }, partition, ...(timestamp ? { timestamp } : {}) }))

beforeAll(async () => {
  app = await startTestApp()
  topic = await app.freshTopic({ numPartitions: 3 })
  shared = await app.freshTopic({ numPartitions: 2 })
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  await app.produce({ topic, messages: [...messages(10, 0, hourAgo), ...messages(7, 1)] })
  await commitOffsets(app.kafka, classic, { [topic]: [4n, 7n, 0n] })
  await commitOffsets(app.kafka, byHand, { [topic]: [2n, 9n] })
  members.push(await startKafkaJsMember(app.kafka, { groupId: classic, topic, clientId: 'js' }))
  const starting = [
    startConsumerMember(app.kafka, { groupId: consumer, topic, clientId: 'java' }),
    startShareMember(app.kafka, { groupId: share, topic: shared, clientId: 'sharing' }),
  ]
  members.push(...(await Promise.all(starting)))
  await using kafka = openKafka(app.kafka.bootstrapServers)
  await kafka.topicAdmin.deleteRecords(testCall, toTopicName(topic), [{ partition: 0, before: toOffset(3) }])
}, 180_000)
afterAll(async () => {
  await Promise.all(members.map(member => member[Symbol.asyncDispose]()))
  await app[Symbol.asyncDispose]()
})

const groupsLag = async (groupIds: string[]) => {
  const { cluster } = await app.dataOf(GroupsLagDocument, { filter: { groupIds } })
  expect(cluster?.groups.totalCount).toBe(groupIds.length)
  return cluster?.groups.nodes.filter(node => 'offsets' in node) ?? []
}

type Shown = Awaited<ReturnType<typeof groupsLag>>[number]

/** What the API shows of a group, as the rows of the tool. */
const offsetRows = ({ groupId, members: all, offsets }: Shown): readonly ToolRow[] =>
  (offsets ?? []).map(({ partition, offset, latestOffset, lag }) => {
    const number = partition?.partition
    const reads = all?.find(({ assignment }) =>
      assignment.some(one => one.topic?.name === topic && one.partition?.partition === number),
    )
    return {
      GROUP: groupId,
      TOPIC: partition?.topic.name ?? '',
      PARTITION: String(number),
      'CURRENT-OFFSET': offset,
      'LOG-END-OFFSET': String(latestOffset),
      LAG: String(lag),
      'CONSUMER-ID': reads?.consumerId ?? '-',
      HOST: reads?.host ?? '-',
      'CLIENT-ID': reads?.clientId ?? '-',
    }
  })

const sorted = (rows: readonly ToolRow[]) => rows.map(row => JSON.stringify(row)).sort()

/** Members commit while the tool and the API look: both see the same before long. */
const settled = { within: 60_000, every: 1000 }

describe('groups as kafka-consumer-groups --describe shows them', () => {
  const ids = [classic, consumer, byHand]

  test('how far they are in each partition, and who reads it', async () => {
    await eventually(async () => {
      const told = await describedGroups(app.kafka, ids, '--offsets')
      const shown = (await groupsLag(ids)).flatMap(offsetRows)
      // A partition of a member without a commit has a row of dashes. An offset beyond the end has a lag below 0.
      const comparable = told
        .filter(row => row['CURRENT-OFFSET'] !== '-')
        .map(({ 'LEADER-EPOCH': _, ...row }) => ({ ...row, LAG: String(Math.max(0, Number(row.LAG))) }))
      expect(sorted(shown)).toEqual(sorted(comparable))
      expect(new Set(shown.map(({ GROUP }) => GROUP))).toEqual(new Set(ids))
    }, settled)
  })

  test('their state, coordinator, assignor and members', async () => {
    const [states, told] = [
      await describedGroups(app.kafka, ids, '--state'),
      await describedGroups(app.kafka, ids, '--members'),
    ]
    const nodes = await groupsLag(ids)
    const shownStates = nodes.map(node => ({
      GROUP: node.groupId,
      '(ID)': `(${node.coordinator?.nodeId})`,
      'ASSIGNMENT-STRATEGY': node.partitionAssignor ?? '-',
      STATE: node.groupState,
      '#MEMBERS': String(node.members?.length),
    }))
    const comparable = states.map(row => ({
      GROUP: row.GROUP,
      '(ID)': row['(ID)'],
      'ASSIGNMENT-STRATEGY': row['ASSIGNMENT-STRATEGY'],
      STATE: row.STATE?.toUpperCase(),
      '#MEMBERS': row['#MEMBERS'],
    }))
    expect(shownStates).toEqual(comparable)
    const shownMembers = nodes.flatMap(node =>
      (node.members ?? []).map(({ consumerId, host, clientId, assignment }) => [
        node.groupId,
        consumerId,
        host,
        clientId,
        `${topic}:${assignment.map(({ partition }) => partition?.partition).join(',')}`,
      ]),
    )
    expect(shownMembers).toEqual(
      told.map(row => [row.GROUP, row['CONSUMER-ID'], row.HOST, row['CLIENT-ID'], row['CURRENT-ASSIGNMENT']]),
    )
    expect(nodes.map(({ type, protocol }) => [type, protocol])).toEqual([
      ['CLASSIC', 'consumer'],
      ['CONSUMER', 'consumer'],
      ['CLASSIC', ''],
    ])
  })

  test('the epochs and the target of the newer protocol', async () => {
    const [told] = await describedGroups(app.kafka, [consumer], '--members')
    const { consumerGroup } = await app.dataOf<{ consumerGroup: Readonly<Record<string, unknown>> }>(
      `query ($groupId: String!) { consumerGroup(groupId: $groupId) {
        groupEpoch targetAssignmentEpoch
        members { memberEpoch targetAssignment { topic { name } partition { partition } } lag upgraded }
      } }`,
      { groupId: consumer },
    )
    const targetAssignment = [0, 1, 2].map(partition => ({ topic: { name: topic }, partition: { partition } }))
    expect(told?.['TARGET-ASSIGNMENT']).toBe(`${topic}:0,1,2`)
    expect(consumerGroup).toMatchObject({
      groupEpoch: Number(told?.['TARGET-EPOCH']),
      targetAssignmentEpoch: Number(told?.['TARGET-EPOCH']),
      members: [{ memberEpoch: Number(told?.['CURRENT-EPOCH']), targetAssignment }],
    })
  })
})

test('an offset that retention has passed, and one beyond the end, are out of range', async () => {
  const [node] = await groupsLag([byHand])
  expect(node?.offsets).toMatchObject([
    { offset: '2', latestOffset: '10', lag: '8', isOutOfRange: true },
    { offset: '9', latestOffset: '7', lag: '0', isOutOfRange: true },
  ])
  expect(node?.lag).toBe('8')
})

test('time lag is the age of the message at the committed offset', async () => {
  const { consumerGroup } = await app.dataOf(DescribeGroupDocument, { groupId: classic })
  const { timeLag } = consumerGroup && 'timeLag' in consumerGroup ? consumerGroup : { timeLag: null }
  expect(Number(timeLag?.slice(2, -1))).toBeGreaterThanOrEqual(3600)
  expect(Number(timeLag?.slice(2, -1))).toBeLessThan(4500)
})

test('a share group shows its members and where it begins, as kafka-share-groups does', async () => {
  // It begins where its member has joined, and tells where that is with the first message that is acknowledged.
  await app.produce({ topic: shared, messages: [...messages(3, 0), ...messages(2, 1)] })
  const begins = await eventually(async () => {
    const { consumerGroup } = await app.dataOf(DescribeGroupDocument, { groupId: share })
    expect(consumerGroup).toMatchObject({
      __typename: 'ShareGroup',
      type: 'SHARE',
      groupState: 'STABLE',
      members: [{ clientId: 'sharing', assignment: [{ topic: { name: shared } }, { partition: { partition: 1 } }] }],
      startOffsets: [{ latestOffset: '3' }, { latestOffset: '2' }],
    })
    const startOffsets = consumerGroup && 'startOffsets' in consumerGroup ? consumerGroup.startOffsets : null
    expect(startOffsets?.map(({ lag }) => lag)).toEqual(['0', '0'])
    return startOffsets?.map(({ partition, offset, lag }) => [shared, String(partition?.partition), offset, lag])
  })
  const told = await describedShareOffsets(app.kafka, share)
  expect(begins).toEqual(told.map(row => [row.TOPIC, row.PARTITION, row['START-OFFSET'], row.LAG]))
})

test('the groups of a topic are all that have come somewhere in it, of whatever type', async () => {
  type Answer = { topic: { groups: readonly { group: { groupId: string }; lag: string | null }[] } }
  const groupsOf = async (name: string) => {
    const TOPIC = 'query ($name: String!) { topic(name: $name) { groups { group { groupId } lag } } }'
    const { topic: found } = await app.dataOf<Answer>(TOPIC, { name })
    return found.groups.map(({ group, lag }) => [group.groupId, lag])
  }
  expect(await groupsOf(topic)).toEqual([
    [classic, '6'],
    [consumer, '0'],
    [byHand, '8'],
  ])
  expect(await groupsOf(shared)).toEqual([[share, '0']])
})

test('a group that has read a topic which is deleted stays readable all the time', async () => {
  const groupId = freshGroupId('forgetting:ünï')
  const doomed = await app.freshTopic({ numPartitions: 2 })
  await commitOffsets(app.kafka, groupId, { [topic]: [10n], [doomed]: [0n, 0n] })
  await app.dataOf(DeleteTopicsDocument, { topics: [doomed] })
  const failures: unknown[] = []
  await eventually(async () => {
    const { data, errors = [] } = await app.ask(GroupsLagDocument, { filter: { groupIds: [groupId] } })
    failures.push(...errors)
    const [node] = data?.cluster?.groups.nodes ?? []
    expect(node).toMatchObject({
      groupId,
      lag: '0',
      offsets: [{ offset: '10', partition: { topic: { name: topic } } }],
    })
  })
  expect(failures).toEqual([])
})

test('a group is found by its id and its global id; an unknown one is null, and so is the empty id', async () => {
  const NODE = 'query ($id: ID!) { node(id: $id) { id ... on Group { groupId type } } }'
  const ONE = 'query ($groupId: String!) { consumerGroup(groupId: $groupId) { id } }'
  const { consumerGroup } = await app.dataOf<{ consumerGroup: { id: string } }>(ONE, { groupId: share })
  const { id } = consumerGroup
  expect(await app.dataOf(NODE, { id })).toEqual({ node: { id, groupId: share, type: 'SHARE' } })
  expect(await app.dataOf(ONE, { groupId: freshGroupId() })).toEqual({ consumerGroup: null })
  expect(await app.dataOf(ONE, { groupId: '' })).toEqual({ consumerGroup: null })
})
