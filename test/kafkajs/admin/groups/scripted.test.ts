import { afterEach, describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { openKafka } from '../../open-kafka.ts'
import type { Answer, Script, ScriptedBroker } from '../../transport/scripted-broker.ts'
import * as scripted from './scripted-groups.ts'

const { LIST_GROUPS, DESCRIBE_GROUPS, OFFSET_FETCH, FIND_COORDINATOR, API_VERSIONS } = scripted

let brokers: readonly ScriptedBroker[] = []
let kafka: KafkaAdapter | undefined

const open = async (...scripts: readonly Script[]): Promise<KafkaAdapter> => {
  brokers = await scripted.startCluster(...scripts)
  kafka = openKafka(brokers.map(({ address }) => address).join(','), { limits: scripted.shortLimits })
  return kafka
}

afterEach(async () => {
  await kafka?.[Symbol.asyncDispose]()
  await scripted.closeAll(brokers)
})

const timesAsked = (nodeId: number, apiKey: number): number =>
  (brokers[nodeId - 1]?.asked ?? []).filter(key => key === apiKey).length

const topic = toTopicName('t')
const newOffset = { topic, partition: 0, offset: toOffset(5), leaderEpoch: null, metadata: '' }
const lists = (...groups: readonly { readonly groupId: string; readonly type?: string }[]) => ({
  [LIST_GROUPS]: () => scripted.listAnswer(groups),
})
/** Returns one response after another; the last one repeats. */
const inTurn = (...answers: readonly Answer[]) => {
  let asked = 0
  return () => answers[Math.min(asked++, answers.length - 1)] ?? 'silence'
}

describe('the list of groups', () => {
  it('reports the silent broker whose groups may be missing', async () => {
    const { groups } = await open(lists({ groupId: 'g', type: 'Classic' }), { [LIST_GROUPS]: () => 'silence' })
    const list = await groups.listGroups(testCall)
    expect(list.groups).toEqual([
      { groupId: 'g', type: 'CLASSIC', protocol: 'consumer', state: 'STABLE', coordinator: 1 },
    ])
    expect(list.failures).toMatchObject([{ nodeId: 2, error: { code: 'KAFKA_UNAVAILABLE' } }])
    const hidden = await groups.describeGroups(testCall, ['unseen'])
    expect(codesOf(hidden)).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    expect(codesOf(await groups.committedOffsets(testCall, ['unseen']))).toEqual(['COORDINATOR_NOT_AVAILABLE'])
  })

  it('fails if no broker answers', async () => {
    const { groups } = await open({ [LIST_GROUPS]: () => 'silence' })
    await expect(groups.listGroups(testCall)).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE' })
  })

  it("fails with Kafka's code if no retry can help", async () => {
    const { groups } = await open({ [LIST_GROUPS]: () => scripted.listAnswer([], 31) })
    await expect(groups.listGroups(testCall)).rejects.toMatchObject({ code: 'CLUSTER_AUTHORIZATION_FAILED' })
    expect(timesAsked(1, LIST_GROUPS)).toBe(1)
  })

  it('waits for a coordinator that is loading', async () => {
    const loaded = scripted.listAnswer([{ groupId: 'g', type: 'Share' }])
    const { groups } = await open({ [LIST_GROUPS]: inTurn(scripted.listAnswer([], 14), loaded) })
    expect((await groups.listGroups(testCall)).groups).toMatchObject([{ groupId: 'g', type: 'SHARE' }])
  })

  it('is loaded once for concurrent callers', async () => {
    const { groups } = await open(lists({ groupId: 'g', type: 'Classic' }))
    await Promise.all([groups.listGroups(testCall), groups.listGroups(testCall), groups.listGroups(testCall)])
    expect(timesAsked(1, LIST_GROUPS)).toBe(1)
  })
})

describe('a broker of an older Kafka', () => {
  const old = (newest: Readonly<Record<number, number>>) => ({
    [API_VERSIONS]: () => scripted.versionsAnswer({ 3: 12, ...newest }),
  })

  it('has only classic groups if it reports no types and supports no newer protocol', async () => {
    const { groups } = await open({
      ...old({ [LIST_GROUPS]: 4, [DESCRIBE_GROUPS]: 5 }),
      ...lists({ groupId: 'g' }),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(5, [{ groupId: 'g' }]),
    })
    expect((await groups.listGroups(testCall)).groups).toMatchObject([{ groupId: 'g', type: 'CLASSIC' }])
    expect(valueIn((await groups.describeGroups(testCall, ['g']))[0])).toEqual({
      groupId: 'g',
      type: 'CLASSIC',
      protocol: 'consumer',
      state: 'STABLE',
      coordinator: 1,
      partitionAssignor: 'range',
      groupEpoch: null,
      targetAssignmentEpoch: null,
      members: [
        {
          memberId: 'm',
          groupInstanceId: 'static',
          clientId: 'client',
          host: '/h',
          rackId: null,
          assignment: [{ topic, partition: 3 }],
          targetAssignment: null,
          memberEpoch: null,
          isUpgraded: null,
        },
      ],
      authorizedOperations: null,
    })
  })

  it('does not report a missing group as dead', async () => {
    const { groups } = await open({
      ...old({ [LIST_GROUPS]: 5, [DESCRIBE_GROUPS]: 5 }),
      ...lists({ groupId: 'g', type: 'Classic' }),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(5, [{ groupId: 'g', state: 'Dead' }]),
    })
    expect(codesOf(await groups.describeGroups(testCall, ['g']))).toEqual(['GROUP_ID_NOT_FOUND'])
  })

  it('fails only for the group that it cannot describe', async () => {
    const { groups } = await open({
      ...old({ [LIST_GROUPS]: 5, [DESCRIBE_GROUPS]: 6 }),
      ...lists({ groupId: 'new', type: 'Consumer' }, { groupId: 'old', type: 'Classic' }),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(6, [{ groupId: 'old' }]),
    })
    expect(codesOf(await groups.describeGroups(testCall, ['new', 'old']))).toEqual(['UNSUPPORTED_VERSION', null])
  })

  it('of a newer Kafka reports a group of unknown type', async () => {
    const { groups } = await open({
      ...lists({ groupId: 'g', type: 'Swarm' }),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(6, [{ groupId: 'g', errorCode: 69 }]),
    })
    expect((await groups.listGroups(testCall)).groups).toMatchObject([{ type: 'UNKNOWN' }])
    expect(codesOf(await groups.describeGroups(testCall, ['g']))).toEqual(['UNSUPPORTED_VERSION'])
  })
})

describe('coordinators', () => {
  const g1 = { groupId: 'g1', type: 'Classic' }
  const g2 = { groupId: 'g2', type: 'Classic' }

  it('are looked up again after one has moved', async () => {
    const moved = { [FIND_COORDINATOR]: () => scripted.coordinatorAnswer('g1', { nodeId: 2 }) }
    const { groups } = await open(
      { ...lists(g1), ...moved, [OFFSET_FETCH]: () => scripted.offsetsAnswer([{ groupId: 'g1', errorCode: 16 }]) },
      { ...lists(), ...moved, [OFFSET_FETCH]: () => scripted.offsetsAnswer([{ groupId: 'g1', offset: 42n }]) },
    )
    const [offsets] = await groups.committedOffsets(testCall, ['g1'])
    expect(valueIn(offsets)).toEqual([{ topic, partition: 0, offset: 42n, leaderEpoch: null, metadata: '' }])
    expect([timesAsked(1, OFFSET_FETCH), timesAsked(2, OFFSET_FETCH)]).toEqual([1, 1])
  })

  it('that stay silent fail only their own groups', async () => {
    const nowhere = { [FIND_COORDINATOR]: () => scripted.coordinatorAnswer('g2', { nodeId: 2 }) }
    const { groups } = await open(
      { ...lists(g1), ...nowhere, [OFFSET_FETCH]: () => scripted.offsetsAnswer([{ groupId: 'g1' }]) },
      { ...lists(g2), ...nowhere, [OFFSET_FETCH]: () => 'silence' },
    )
    expect(codesOf(await groups.committedOffsets(testCall, ['g2', 'g1']))).toEqual(['KAFKA_UNAVAILABLE', null])
  })

  it('that left the cluster delay at most until the deadline', async () => {
    const { groups } = await open({
      ...lists(g1),
      [OFFSET_FETCH]: () => scripted.offsetsAnswer([{ groupId: 'g1', errorCode: 16 }]),
      [FIND_COORDINATOR]: () => scripted.coordinatorAnswer('g1', { nodeId: 9 }),
    })
    expect(codesOf(await groups.committedOffsets(testCall, ['g1']))).toEqual(['COORDINATOR_NOT_AVAILABLE'])
  })

  it('return an error for one group and results for the others', async () => {
    const { groups } = await open({
      ...lists(g1, g2, { groupId: 'g3', type: 'Classic' }),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(6, [{ groupId: 'g1', errorCode: 30 }, { groupId: 'g2' }]),
      [OFFSET_FETCH]: () =>
        scripted.offsetsAnswer([
          { groupId: 'g1', errorCode: 30 },
          { groupId: 'g2', partitionError: 29 },
          { groupId: 'g3' },
        ]),
    })
    const ids = ['g1', 'g2', 'g3']
    const left = 'UNKNOWN_SERVER_ERROR'
    expect(codesOf(await groups.describeGroups(testCall, ids))).toEqual(['GROUP_AUTHORIZATION_FAILED', null, left])
    const failed = ['GROUP_AUTHORIZATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED', null]
    expect(codesOf(await groups.committedOffsets(testCall, ids))).toEqual(failed)
  })

  it('keep their answers when the check for hidden groups fails', async () => {
    const answers = [scripted.classicAnswer(6, [{ groupId: 'g1' }])]
    const { groups } = await open({ ...lists(g1), [DESCRIBE_GROUPS]: () => answers.shift() ?? Buffer.alloc(3) })
    const [known, hidden] = codesOf(await groups.describeGroups(testCall, ['g1', 'gone']))
    expect(known).toBeNull()
    expect(['CORRUPT_MESSAGE', 'KAFKA_UNAVAILABLE']).toContain(hidden)
  })

  it('handle the empty id', async () => {
    const nameless = { groupId: '', type: 'Classic' }
    const { groups } = await open({
      ...lists(nameless, g1),
      [DESCRIBE_GROUPS]: () => scripted.classicAnswer(6, [nameless, g1]),
      [OFFSET_FETCH]: () => scripted.offsetsAnswer([nameless, g1]),
    })
    const described = await groups.describeGroups(testCall, ['', 'g1'])
    expect(described).toMatchObject([{ groupId: '' }, { groupId: 'g1' }])
    expect(codesOf(await groups.committedOffsets(testCall, ['g1', '']))).toEqual([null, null])
  })
})

describe('groups of the newer protocols', () => {
  it('a consumer group with its epochs and its classic members', async () => {
    const size = { members: 2, topics: 2, partitions: 2 }
    const { groups } = await open({
      ...lists({ groupId: 'g', type: 'Consumer' }),
      [scripted.CONSUMER_GROUP_DESCRIBE]: () => scripted.consumerAnswer('g', size),
    })
    const group = valueIn((await groups.describeGroups(testCall, ['g']))[0])
    expect(group).toMatchObject({ groupEpoch: 7, targetAssignmentEpoch: 6, authorizedOperations: ['READ'] })
    expect(group.members.map(one => one.isUpgraded)).toEqual([false, true])
    expect(group.members[0]?.assignment.map(one => `${one.topic}-${one.partition}`)).toEqual([
      't0-0',
      't0-1',
      't1-0',
      't1-1',
    ])
  })

  it('a streams group, whose member partitions are those of active tasks', async () => {
    const { groups } = await open({
      ...lists({ groupId: 'g', type: 'Streams' }),
      [scripted.STREAMS_GROUP_DESCRIBE]: () => scripted.streamsAnswer('g'),
    })
    const group = valueIn((await groups.describeGroups(testCall, ['g']))[0])
    expect(group).toMatchObject({ type: 'STREAMS', protocol: 'streams', state: 'NOT_READY', groupEpoch: 4 })
    const member = { memberId: 'm', groupInstanceId: 'static', rackId: 'rack', memberEpoch: 4, isUpgraded: true }
    expect(group.members).toMatchObject([member])
    const tasks = group.members[0]
    expect(tasks?.assignment.map(one => `${one.topic}-${one.partition}`)).toEqual(['again-1', 'in-1'])
    expect(tasks?.targetAssignment).toHaveLength(4)
  })
})

describe('a change', () => {
  const here = { [FIND_COORDINATOR]: () => scripted.coordinatorAnswer('g', { nodeId: 1 }) }

  it.each<[string, Answer]>([
    ['hangs up', 'hang up'],
    ['is silent', 'silence'],
    ['cuts off its response', { cut: scripted.commitAnswer(0) }],
  ])('that was sent is OUTCOME_UNKNOWN if the coordinator %s, and is not sent again', async (_, answer) => {
    const { groupAdmin } = await open({
      ...here,
      [scripted.OFFSET_COMMIT]: () => answer,
      [scripted.DELETE_GROUPS]: () => answer,
      [scripted.LEAVE_GROUP]: () => answer,
    })
    expect(codesOf(await groupAdmin.alterOffsets(testCall, 'g', [newOffset]))).toEqual(['OUTCOME_UNKNOWN'])
    expect(codesOf(await groupAdmin.deleteGroups(testCall, ['g']))).toEqual(['OUTCOME_UNKNOWN'])
    expect(codesOf(await groupAdmin.removeMembers(testCall, 'g', ['i']))).toEqual(['OUTCOME_UNKNOWN'])
    expect(timesAsked(1, scripted.OFFSET_COMMIT)).toBe(1)
    expect(timesAsked(1, scripted.DELETE_GROUPS)).toBe(1)
    expect(timesAsked(1, scripted.LEAVE_GROUP)).toBe(1)
  })

  it('is sent again if the first broker was not the coordinator', async () => {
    const found = inTurn(
      scripted.coordinatorAnswer('g', { nodeId: 1 }),
      scripted.coordinatorAnswer('g', { nodeId: 2, errorCode: 15 }),
      scripted.coordinatorAnswer('g', { nodeId: 2 }),
    )
    const { groupAdmin } = await open(
      { [FIND_COORDINATOR]: found, [scripted.OFFSET_COMMIT]: () => scripted.commitAnswer(16) },
      { [FIND_COORDINATOR]: found, [scripted.OFFSET_COMMIT]: () => scripted.commitAnswer(0) },
    )
    expect(codesOf(await groupAdmin.alterOffsets(testCall, 'g', [newOffset]))).toEqual([null])
    expect([timesAsked(1, scripted.OFFSET_COMMIT), timesAsked(2, scripted.OFFSET_COMMIT)]).toEqual([1, 1])
  })

  it("that the coordinator may have started keeps Kafka's code and is not sent again", async () => {
    const { groupAdmin } = await open({
      ...here,
      [scripted.DELETE_GROUPS]: () => scripted.deletedAnswer([{ groupId: 'g', errorCode: 15 }]),
    })
    expect(codesOf(await groupAdmin.deleteGroups(testCall, ['g']))).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    expect(timesAsked(1, scripted.DELETE_GROUPS)).toBe(1)
  })

  it('is not sent to a coordinator that does not answer', async () => {
    const { groupAdmin } = await open(
      { ...here, [scripted.OFFSET_COMMIT]: () => scripted.commitAnswer(0) },
      {
        ...here,
      },
    )
    const [gone] = brokers
    await gone?.[Symbol.asyncDispose]()
    expect(codesOf(await groupAdmin.alterOffsets(testCall, 'g', [newOffset]))).toEqual(['KAFKA_UNAVAILABLE'])
    expect(timesAsked(1, scripted.OFFSET_COMMIT)).toBe(0)
  })

  it('that is invalid is refused without a broker', async () => {
    const { groupAdmin, groups } = await open({})
    const tooLong = 'x'.repeat(40_000)
    expect(codesOf(await groupAdmin.alterOffsets(testCall, tooLong, [newOffset]))).toEqual(['INVALID_GROUP_ID'])
    const negative = { ...newOffset, offset: toOffset(-1) }
    expect(codesOf(await groupAdmin.alterOffsets(testCall, 'g', [negative]))).toEqual(['INVALID_REQUEST'])
    expect(codesOf(await groupAdmin.deleteGroups(testCall, [tooLong]))).toEqual(['INVALID_GROUP_ID'])
    expect(codesOf(await groups.describeGroups(testCall, [tooLong]))).toEqual(['INVALID_GROUP_ID'])
    expect(await groupAdmin.removeMembers(testCall, 'g', [])).toEqual([])
  })
})
