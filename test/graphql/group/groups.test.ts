import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { createMessageTimes } from '../../../src/kafkajs/read/message-times/create-message-times.ts'
import { inMemoryKafka } from '../../fakes/in-memory-kafka.ts'
import { DescribeGroupDocument, GroupsLagDocument } from '../../generated/operations.ts'
import { codes, type HarnessOptions, harness, limits } from '../harness.ts'
import { type ListedGroup, ListedGroups } from './listed-groups.ts'

const world = (groups: Readonly<Record<string, ListedGroup>>, options: HarnessOptions = {}, chosen = limits) => {
  const listed = new ListedGroups(groups)
  const all = harness({ topics: { orders: 2, payments: 1 }, ...options, ports: { groups: listed } }, chosen)
  for (const partition of [0, 1]) all.kafka.append('orders', partition, Array<string>(10).fill('x'))
  all.kafka.append('payments', 0, Array<string>(5).fill('x'))
  return { ...all, listed }
}

const stable = { type: 'CONSUMER', state: 'STABLE', groupEpoch: 3, partitionAssignor: 'uniform' } as const

interface Listed {
  readonly cluster: {
    readonly groups: {
      readonly totalCount: number
      readonly nodes: readonly { readonly groupId: string; readonly lag?: string | null }[]
      readonly errors: readonly { readonly code: string; readonly message: string }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    }
  }
}

const LIST = `query ($first: Int, $after: Cursor, $filter: GroupFilter, $orderBy: GroupOrder) {
  cluster { groups(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount nodes { groupId } errors { code message } pageInfo { hasNextPage endCursor }
  } }
}`

const idsOf = ({ data }: { readonly data: Listed }) => data.cluster.groups.nodes.map(({ groupId }) => groupId)

describe('groups with their lag', () => {
  it('are asked for in one question of each kind, whatever their number', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `group-${index}`)
    const each: ListedGroup = {
      ...stable,
      members: { one: ['orders 0'] },
      committed: { orders: [4, 10], payments: [0] },
    }
    const { run, listed, kafka } = world(Object.fromEntries(ids.map(id => [id, each])))
    const { data, errors } = await run(GroupsLagDocument, { first: 50 })
    expect(errors).toEqual([])
    expect(data.cluster?.groups.nodes).toHaveLength(50)
    expect(data.cluster?.groups.nodes[0]).toMatchObject({
      groupId: 'group-0',
      type: 'CONSUMER',
      protocol: 'consumer',
      groupState: 'STABLE',
      coordinator: { nodeId: 1 },
      lag: '11',
      partitionAssignor: 'uniform',
      members: [{ consumerId: 'one', assignment: [{ topic: { name: 'orders' }, partition: { partition: 0 } }] }],
      offsets: [
        { partition: { partition: 0, topic: { name: 'orders' } }, offset: '4', latestOffset: '10', lag: '6' },
        { offset: '10', lag: '0', isOutOfRange: false },
        { offset: '0', lag: '5' },
      ],
    })
    expect(listed.asked.toSorted()).toEqual(['describe 50', 'list', 'offsets of 50'])
    expect(kafka.counts.listOffsets).toBeLessThanOrEqual(2)
  })

  it('ask for nothing that is not selected', async () => {
    const { run, listed, kafka } = world({ a: { committed: { orders: [1] } } })
    await run(LIST)
    expect(listed.asked).toEqual(['list'])
    expect(kafka.counts.listOffsets).toBe(0)
  })

  it('show an offset below the start or above the end of the log as out of range, and no lag below 0', async () => {
    const { run, kafka } = world({ a: { committed: { orders: [2, 12], payments: [5] } } })
    kafka.expire('orders', 0, 5)
    const { data } = await run(GroupsLagDocument, {})
    const [node] = data.cluster?.groups.nodes ?? []
    expect(node).toMatchObject({
      lag: '8',
      offsets: [
        { offset: '2', latestOffset: '10', lag: '8', isOutOfRange: true },
        { offset: '12', latestOffset: '10', lag: '0', isOutOfRange: true },
        { offset: '5', lag: '0', isOutOfRange: false },
      ],
    })
  })

  it('show commits in a deleted topic without an end, and count them as nothing', async () => {
    const { run, kafka } = world({ a: { committed: { orders: [4], payments: [1] } } })
    kafka.removeTopic('payments')
    const { data, errors } = await run(GroupsLagDocument, {})
    expect(errors).toEqual([])
    expect(data.cluster?.groups.nodes[0]).toMatchObject({
      lag: '6',
      offsets: [
        { lag: '6' },
        { partition: { topic: { name: 'payments' } }, offset: '1', latestOffset: null, lag: null, isOutOfRange: null },
      ],
    })
  })

  it('show a partition without a leader as unknown, with the error beside it, and everything else', async () => {
    const { run, kafka } = world({ a: { committed: { orders: [4, 4] } }, b: { committed: { orders: [4] } } })
    kafka.setLeader('orders', 1, null)
    const { data, errors } = await run(GroupsLagDocument, {})
    expect(data.cluster?.groups.nodes).toMatchObject([
      { lag: null, offsets: [{ lag: '6' }, { offset: '4', lag: null, latestOffset: null, isOutOfRange: null }] },
      { lag: '6' },
    ])
    expect(new Set(codes({ data, errors }))).toEqual(new Set(['LEADER_NOT_AVAILABLE']))
    const where = errors.map(({ path }) => path?.slice(3).join('.'))
    expect(where).toEqual(expect.arrayContaining(['0.lag', '0.offsets.1.lag']))
  })

  it('show a group whose coordinator does not answer as far as the list tells it', async () => {
    const failure = new KafkaError('COORDINATOR_NOT_AVAILABLE')
    const { run } = world({ a: { ...stable, failure }, b: {} })
    const { data, errors } = await run(GroupsLagDocument, {})
    expect(data.cluster?.groups.nodes).toMatchObject([
      { groupId: 'a', groupState: 'STABLE', lag: null, members: null, offsets: null },
      { groupId: 'b', lag: '0', members: [], offsets: [] },
    ])
    expect(new Set(codes({ data, errors }))).toEqual(new Set(['COORDINATOR_NOT_AVAILABLE']))
  })
})

describe('a list of groups', () => {
  const groups: Readonly<Record<string, ListedGroup>> = {
    'orders:eu': { ...stable, members: { one: [], two: [] }, committed: { orders: [8] } },
    'orders-us': { committed: { orders: [1], payments: [5] } },
    connect: { protocol: 'connect', state: 'STABLE', members: { worker: [] } },
    queue: { type: 'SHARE', protocol: 'share', committed: { payments: [2] }, lag: null },
    'by-hand': { protocol: '', committed: { payments: [0] } },
  }

  it.each([
    [{}, ['by-hand', 'connect', 'orders-us', 'orders:eu', 'queue']],
    [{ groupIds: ['queue', 'nobody'] }, ['queue']],
    [{ groupIdContains: 'orders' }, ['orders-us', 'orders:eu']],
    [{ types: ['SHARE', 'CONSUMER'] }, ['orders:eu', 'queue']],
    [{ states: ['STABLE'] }, ['connect', 'orders:eu']],
    [{ topic: 'payments' }, ['by-hand', 'orders-us', 'queue']],
    [{ minLag: 5 }, ['by-hand', 'orders-us']],
    [{ minLag: 0, types: ['SHARE'] }, []],
    [{ topic: 'payments', minLag: '9' }, ['orders-us']],
  ])('filtered by %j is %j', async (filter, expected) => {
    const answer = await world(groups).run<Listed>(LIST, { filter })
    expect(answer.errors).toEqual([])
    expect(idsOf(answer)).toEqual(expected)
    expect(answer.data.cluster.groups).toMatchObject({ totalCount: expected.length, errors: [] })
  })

  it.each([
    [{ field: 'GROUP_ID', direction: 'DESC' }, ['queue', 'orders:eu', 'orders-us', 'connect', 'by-hand']],
    [{ field: 'LAG', direction: 'DESC' }, ['orders-us', 'by-hand', 'orders:eu', 'connect', 'queue']],
    [{ field: 'MEMBERS' }, ['by-hand', 'orders-us', 'queue', 'connect', 'orders:eu']],
    [{ field: 'STATE' }, ['by-hand', 'orders-us', 'queue', 'connect', 'orders:eu']],
  ])('ordered by %j is %j, page after page', async (orderBy, expected) => {
    const { run } = world(groups)
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page: { readonly data: Listed } = await run<Listed>(LIST, { first: 2, after, orderBy })
      seen.push(...idsOf(page))
      after = page.data.cluster.groups.pageInfo.endCursor
      more = page.data.cluster.groups.pageInfo.hasNextPage
    }
    expect(seen).toEqual(expected)
  })

  it('is paged past an id as long as Kafka has them', async () => {
    const { run } = world({ ['\u0001'.repeat(32_767)]: {}, z: {} })
    const first = await run<Listed>(LIST, { first: 1 })
    const after = first.data.cluster.groups.pageInfo.endCursor
    expect(idsOf(await run<Listed>(LIST, { first: 1, after }))).toEqual(['z'])
  })

  it('asks about all of ten thousand groups a page at a time when it is ordered by lag', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `group-${index}`)
    const { run, listed, kafka } = world(
      Object.fromEntries(ids.map((id, index) => [id, { committed: { orders: [index % 10] } }])),
    )
    const orderBy = { field: 'LAG', direction: 'DESC' }
    const { data } = await run<Listed>(LIST, { first: 3, orderBy })
    expect(data.cluster.groups.totalCount).toBe(10_000)
    expect(data.cluster.groups.nodes.map(({ groupId }) => groupId)).toEqual(['group-9990', 'group-9980', 'group-9970'])
    expect(listed.asked).toEqual(['list', ...Array<string>(10).fill('offsets of 1000')])
    expect(kafka.counts.listOffsets).toBe(1)
  })

  it('names the brokers that did not answer, and the groups that could not be ranked', async () => {
    const failure = new KafkaError('COORDINATOR_NOT_AVAILABLE')
    const { run, listed } = world({ ...groups, lost: { failure }, 'lost-too': { failure } })
    listed.failures = [{ nodeId: 3, error: new KafkaError('KAFKA_UNAVAILABLE') }]
    const { data, errors } = await run<Listed>(LIST, { filter: { minLag: 2 } })
    expect(errors).toEqual([])
    expect(data.cluster.groups.totalCount).toBe(3)
    expect(data.cluster.groups.errors.map(({ code }) => code)).toEqual([
      'KAFKA_UNAVAILABLE',
      'COORDINATOR_NOT_AVAILABLE',
    ])
    expect(data.cluster.groups.errors[0]?.message).toContain('Broker 3')
    expect(data.cluster.groups.errors[1]?.message).toContain('Group "lost" and 1 more')
  })

  it('names a group whose lag is not known for want of a leader, and lists the others by theirs', async () => {
    const { run, kafka } = world(groups)
    kafka.setLeader('orders', 0, null)
    const answer = await run<Listed>(LIST, { orderBy: { field: 'LAG' } })
    expect(idsOf(answer)).toEqual(['queue', 'connect', 'by-hand'])
    expect(answer.data.cluster.groups.errors.map(({ code }) => code)).toEqual(['LEADER_NOT_AVAILABLE'])
  })

  it('refuses a page that cannot be before Kafka is asked', async () => {
    const { run, listed } = world(groups)
    expect(codes(await run(LIST, { first: 1001 }))).toEqual(['BAD_USER_INPUT'])
    const topicsCursor = await run<{ topics: { pageInfo: { endCursor: string } } }>(
      '{ topics { pageInfo { endCursor } } }',
    )
    const after = topicsCursor.data.topics.pageInfo.endCursor
    expect(codes(await run(LIST, { after }))).toEqual(['INVALID_CURSOR'])
    expect(listed.asked).toEqual([])
  })
})

describe('one group', () => {
  const GROUP = `query ($groupId: String!) {
    consumerGroup(groupId: $groupId) { __typename id groupId }
    cluster { group(groupId: $groupId) { groupId } }
  }`

  it.each(['nobody', ''])('is null when there is no group with the id "%s"', async groupId => {
    const { data, errors } = await world({}).run(GROUP, { groupId })
    expect({ data, errors }).toEqual({ data: { consumerGroup: null, cluster: { group: null } }, errors: [] })
  })

  it.each(['ConsumerGroup', 'ConsumerGroup:!', 'ConsumerGroup:YQ=='])('is not found by the odd id %s', async text => {
    const { run } = world({ '': {}, a: {} })
    const id = Buffer.from(text).toString('base64url')
    const { data, errors } = await run('query ($id: ID!) { node(id: $id) { id } }', { id })
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] })
  })

  it.each([
    ['a', 'ConsumerGroup'],
    ['by-hand', 'ConsumerGroup'],
    ['connect', 'ConsumerGroup'],
    ['queue', 'ShareGroup'],
    ['app', 'StreamsGroup'],
    ['with:colons::and ünï/codes%', 'ConsumerGroup'],
    ['', 'ConsumerGroup'],
  ])('%s is a %s, and is found again by its id', async (groupId, type) => {
    const { run, listed } = world({
      a: stable,
      'by-hand': { protocol: '' },
      connect: { protocol: 'connect' },
      queue: { type: 'SHARE' },
      app: { type: 'STREAMS' },
      'with:colons::and ünï/codes%': {},
      '': { protocol: '' },
    })
    const found = await run<{ consumerGroup: { id: string } }>(GROUP, { groupId })
    expect(found.data.consumerGroup).toMatchObject({ __typename: type, groupId })
    const { id } = found.data.consumerGroup
    const NODE = 'query ($id: ID!) { node(id: $id) { __typename id ... on Group { groupId } } }'
    expect((await run(NODE, { id })).data).toEqual({ node: { __typename: type, id, groupId } })
    listed.remove(groupId)
    expect((await run(NODE, { id })).data).toEqual({ node: null })
  })

  it('tells who reads a partition, what each member has still to read, and where most is left', async () => {
    const { run } = world({
      a: { ...stable, members: { one: ['orders 0'], two: ['orders 1', 'payments 0'] }, committed: { orders: [9, 2] } },
    })
    const { data, errors } = await run(`{ consumerGroup(groupId: "a") { members { consumerId lag } groupEpoch
      ... on ConsumerGroup {
        isSimpleConsumerGroup
        all: offsets { member { consumerId } leaderEpoch metadata }
        lagging: offsets(onlyLagging: true, topics: ["orders"]) { offset }
        none: offsets(topics: ["payments"]) { offset }
        lag payments: lag(topic: "payments")
        maxPartitionLag { partition { partition } lag group { groupId } }
        topics { topic { name } lag partitions { offset } }
      } } }`)
    expect(errors).toEqual([])
    expect(data).toMatchObject({
      consumerGroup: {
        groupEpoch: 3,
        isSimpleConsumerGroup: false,
        members: [
          { consumerId: 'one', lag: '1' },
          { consumerId: 'two', lag: '8' },
        ],
        all: [{ member: { consumerId: 'one' }, leaderEpoch: null, metadata: 'm' }, { member: { consumerId: 'two' } }],
        lagging: [{ offset: '9' }, { offset: '2' }],
        none: [],
        lag: '9',
        payments: '0',
        maxPartitionLag: { partition: { partition: 1 }, lag: '8', group: { groupId: 'a' } },
        topics: [{ topic: { name: 'orders' }, lag: '9', partitions: [{ offset: '9' }, { offset: '2' }] }],
      },
    })
  })

  it('that is behind in nothing has no largest lag', async () => {
    const { run } = world({ done: { committed: { orders: [10] } } })
    const { data } = await run(
      '{ consumerGroup(groupId: "done") { ... on ConsumerGroup { lag maxPartitionLag { lag } timeLag } } }',
    )
    expect(data).toEqual({ consumerGroup: { lag: '0', maxPartitionLag: null, timeLag: null } })
  })

  it.each([
    ['as its broker tells it', 3n, '3', '6'],
    ['none where its broker does not', null, null, null],
  ])('that shares has the lag that its broker counts: %s', async (_, lag, each, sum) => {
    const { run } = world({
      queue: { type: 'SHARE', members: { one: ['orders 0'] }, committed: { orders: [4, 2] }, lag },
    })
    const { data } = await run(`{ consumerGroup(groupId: "queue") { members { lag }
      ... on ShareGroup { lag startOffsets { offset latestOffset lag timeLag isOutOfRange } } } }`)
    const startOffset = { latestOffset: '10', lag: each, timeLag: null, isOutOfRange: false }
    expect(data).toEqual({
      consumerGroup: {
        members: [{ lag: null }],
        lag: sum,
        startOffsets: [
          { offset: '4', ...startOffset },
          { offset: '2', ...startOffset },
        ],
      },
    })
  })
})

describe('time lag', () => {
  const HOUR = 3_600_000

  it('is the age of the first message that is left to read, or of the first that is left at all', async () => {
    const kafka = inMemoryKafka({ topics: { old: 2, orders: 1 } })
    const ages = [5, 3, 1].map(hours => ({ value: 'x', timestamp: Date.now() - hours * HOUR }))
    kafka.append('old', 0, ages)
    kafka.append('old', 1, ages)
    kafka.expire('old', 1, 2)
    const bounds = { deadlineMs: 5000, concurrency: 2, maxBytes: 1024 }
    const messageTimes = createMessageTimes({ catalog: kafka, source: kafka, limits: bounds })
    const groups = new ListedGroups({ a: { committed: { old: [1, 0], orders: [0] } } })
    const { run } = harness({ ports: { catalog: kafka, groups, messageTimes } })
    const { data, errors } = await run<{
      consumerGroup: { timeLag: string; offsets: readonly { timeLag: string | null }[] }
    }>('{ consumerGroup(groupId: "a") { ... on ConsumerGroup { timeLag offsets { timeLag } } } }')
    expect(errors).toEqual([])
    const hours = (text: string | null) => text && Math.floor((Number(text.slice(2, -1)) * 1000) / HOUR)
    expect(hours(data.consumerGroup.timeLag)).toBe(3)
    expect(data.consumerGroup.offsets.map(({ timeLag }) => hours(timeLag))).toEqual([3, 1, null])
  })

  it('is null, with an error beside it, when the message cannot be read in time', async () => {
    const groups = new ListedGroups({ a: { committed: { orders: [0, 10] } } })
    const late = new KafkaError('REQUEST_TIMED_OUT')
    const messageTimes = { firstTimestamps: async () => [late] }
    const { run, kafka } = harness({ topics: { orders: 2 }, ports: { groups, messageTimes } })
    kafka.append('orders', 0, ['x'])
    const answer = await run(DescribeGroupDocument, { groupId: 'a' })
    expect(answer.data.consumerGroup).toMatchObject({ timeLag: null, lag: '1' })
    expect(codes(answer)).toEqual(['REQUEST_TIMED_OUT'])
  })
})

describe('the groups of a topic', () => {
  const TOPIC = `query ($filter: GroupFilter) { topic(name: "orders") {
    groups(filter: $filter) { group { groupId } topic { name } lag partitions { offset } }
  } }`
  const groups: Readonly<Record<string, ListedGroup>> = {
    a: { ...stable, committed: { orders: [4, 5], payments: [1] } },
    b: { committed: { payments: [1] } },
    queue: { type: 'SHARE', committed: { orders: [3] }, lag: null },
  }

  it('are those that have committed in it', async () => {
    const { data } = await world(groups).run(TOPIC)
    expect(data).toEqual({
      topic: {
        groups: [
          {
            group: { groupId: 'a' },
            topic: { name: 'orders' },
            lag: '11',
            partitions: [{ offset: '4' }, { offset: '5' }],
          },
          { group: { groupId: 'queue' }, topic: { name: 'orders' }, lag: null, partitions: [{ offset: '3' }] },
        ],
      },
    })
    const filtered = await world(groups).run(TOPIC, { filter: { types: ['SHARE'] } })
    expect(filtered.data).toMatchObject({ topic: { groups: [{ group: { groupId: 'queue' } }] } })
  })

  it('end in a null with an error where a broker did not answer', async () => {
    const { run, listed } = world(groups)
    listed.failures = [{ nodeId: 2, error: new KafkaError('KAFKA_UNAVAILABLE') }]
    const answer = await run<{ topic: { groups: unknown[] } }>(TOPIC)
    expect(answer.data.topic.groups).toHaveLength(3)
    expect(answer.data.topic.groups[2]).toBeNull()
    expect(codes(answer)).toEqual(['KAFKA_UNAVAILABLE'])
  })

  it('are refused when they are more than a page may hold', async () => {
    const { run } = world(groups, {}, { ...limits, page: { default: 1, max: 1 } })
    expect(codes(await run(TOPIC))).toEqual(['BAD_USER_INPUT'])
  })
})
