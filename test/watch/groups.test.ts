import { describe, expect, it, vi } from 'vitest'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { GroupDescription } from '../../src/kafka/groups.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import type { Call } from '../../src/kafka/ports/call.ts'
import type { Groups } from '../../src/kafka/ports/groups.ts'
import type { GroupOffset } from '../../src/kafka/ports/watches.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { collected, pass, settled, useTestClock, watching } from './watching.ts'

useTestClock()

const topic = toTopicName('orders')

interface Kept {
  state: GroupDescription['state']
  members: readonly string[]
  offsets: readonly number[]
}

/** Groups that the test changes by hand. A silent broker hides all of them. */
class KeptGroups implements Groups {
  readonly kept = new Map<string, Kept>()
  isSilent = false
  /** Failures of single groups, by id. */
  readonly failing = new Map<string, KafkaError>()
  readonly counts = { list: 0, describe: 0, committed: 0 }

  set(groupId: string, { state = 'EMPTY', members = [], offsets = [] }: Partial<Kept>): void {
    this.kept.set(groupId, { state, members, offsets })
  }

  async listGroups() {
    this.counts.list += 1
    if (this.isSilent) return { groups: [], failures: [{ nodeId: 1, error: new KafkaError('KAFKA_UNAVAILABLE') }] }
    const groups = [...this.kept].map(([groupId, { state }]) => ({
      groupId,
      type: 'CLASSIC' as const,
      protocol: 'consumer',
      state,
      coordinator: 1,
    }))
    return { groups, failures: [] }
  }

  async describeGroups(_call: Call, groupIds: readonly string[]) {
    this.counts.describe += 1
    return groupIds.map(groupId => {
      const group = this.kept.get(groupId)
      const failure = this.failing.get(groupId)
      if (failure !== undefined) return failure
      if (this.isSilent) return new KafkaError('COORDINATOR_NOT_AVAILABLE')
      return group ? described(groupId, group) : new KafkaError('GROUP_ID_NOT_FOUND')
    })
  }

  async committedOffsets(_call: Call, groupIds: readonly string[]) {
    this.counts.committed += 1
    return groupIds.map(
      groupId =>
        this.failing.get(groupId) ??
        (this.kept.get(groupId)?.offsets ?? []).map((offset, partition) => ({
          topic,
          partition,
          offset: toOffset(offset),
          leaderEpoch: null,
          metadata: '',
        })),
    )
  }
}

const described = (groupId: string, { state, members }: Kept): GroupDescription => ({
  groupId,
  type: 'CLASSIC',
  protocol: 'consumer',
  state,
  coordinator: 1,
  partitionAssignor: null,
  groupEpoch: null,
  targetAssignmentEpoch: null,
  members: members.map(memberId => ({
    memberId,
    groupInstanceId: null,
    clientId: memberId,
    host: '',
    rackId: null,
    assignment: [],
    targetAssignment: null,
    memberEpoch: null,
    isUpgraded: null,
  })),
  authorizedOperations: null,
})

const scene = () => {
  const groups = new KeptGroups()
  return { groups, ...watching({ topics: { orders: 2 } }, { groups }) }
}

const everything = { covers: () => true, key: '' }
const lagged = { ...everything, holds: () => true, minChange: 1n, intervalMs: 1000 }

const textOf = (offsets: readonly GroupOffset[] | undefined) =>
  offsets?.map(one => `${one.group.groupId}/${one.partition}: ${one.offset} of ${one.latestOffset}`)

describe('group changes', () => {
  it.each([
    ['all groups', null],
    ['a group named before it exists', ['workers']],
  ] as const)('report the life of a group (%s)', async (_, groupIds) => {
    const { groups, watches } = scene()
    const { events } = collected(
      await settled(watches.groupChanges(testCall, { ...everything, groupIds, accepts: () => true })),
    )
    groups.set('workers', { state: 'STABLE', members: ['one', 'two'] })
    await pass(1000)
    groups.set('workers', { state: 'STABLE', members: ['two', 'three'] })
    await pass(1000)
    groups.set('workers', {})
    await pass(1000)
    groups.kept.clear()
    await pass(3000)
    const names = events.map(event => {
      if (event.kind === 'groupStateChanged') return `${event.from} to ${event.group.state}`
      return 'member' in event ? `${event.kind} ${event.member.memberId}` : event.kind
    })
    expect(names).toEqual([
      'DEAD to STABLE',
      'groupMemberJoined one',
      'groupMemberJoined two',
      'groupMemberLeft one',
      'groupMemberJoined three',
      'STABLE to EMPTY',
      'groupMemberLeft two',
      'groupMemberLeft three',
      'groupDeleted',
    ])
    await watches[Symbol.asyncDispose]()
  })

  it('report nothing about groups whose coordinator does not answer', async () => {
    const { groups, watches } = scene()
    groups.set('workers', { state: 'STABLE', members: ['one'] })
    const all = { ...everything, groupIds: null, accepts: () => true }
    const { events, end } = collected(await settled(watches.groupChanges(testCall, all)))
    groups.isSilent = true
    await pass(5000)
    groups.isSilent = false
    await pass(5000)
    expect({ events, ...end }).toEqual({ events: [], error: null, isOver: false })
  })

  it.each([
    ['all groups', null],
    ['groups named', ['late', 'workers']],
  ] as const)('continue for the others while one group cannot be described (%s)', async (_, groupIds) => {
    const { groups, watches } = scene()
    groups.set('workers', {})
    const opened = watches.groupChanges(testCall, { ...everything, groupIds, accepts: () => true })
    const { events, end } = collected(await settled(opened))
    groups.set('late', {})
    groups.failing.set('late', new KafkaError('COORDINATOR_NOT_AVAILABLE'))
    groups.set('workers', { state: 'STABLE' })
    await pass(3000)
    expect(events.map(({ group }) => `${group.groupId} ${group.state}`)).toEqual(['workers STABLE'])
    groups.failing.clear()
    await pass(3000)
    expect(events.map(({ group }) => `${group.groupId} ${group.state}`)).toEqual(['workers STABLE', 'late EMPTY'])
    groups.failing.set('late', new KafkaError('GROUP_AUTHORIZATION_FAILED'))
    await pass(6000)
    // A final refusal ends a watch that names the group. A watch of all groups goes on.
    expect(end.isOver).toBe(groupIds !== null)
    await watches[Symbol.asyncDispose]()
  })

  it('are refused for more groups than one watch may follow, and end when they become too many', async () => {
    const { groups, watches } = scene()
    for (let index = 0; index < 5; index++) groups.set(`g${index}`, {})
    const all = { ...everything, groupIds: null, accepts: () => true }
    const { end } = collected(await settled(watches.groupChanges(testCall, all)))
    groups.set('one-more', {})
    await pass(2000)
    expect(end).toMatchObject({ isOver: true, error: { code: 'INVALID_REQUEST' } })
    await expect(settled(watches.groupChanges(testCall, all))).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
  })
})

describe('group lag', () => {
  it('is sent completely first, then only where numbers change', async () => {
    const { groups, kafka, watches } = scene()
    groups.set('readers', { offsets: [3, 4] })
    const watch = await settled(watches.groupLag(testCall, { ...lagged, groupIds: ['readers'] }))
    const { events } = collected(watch)
    await pass(3000)
    expect(events.map(textOf)).toEqual([['readers/0: 3 of 0', 'readers/1: 4 of 0']])
    kafka.append('orders', 0, Array(10).fill('v'))
    await pass(3000)
    groups.set('readers', { offsets: [3, 7] })
    await pass(3000)
    expect(events.slice(1).map(textOf)).toEqual([['readers/0: 3 of 10'], ['readers/1: 7 of 0']])
    await watch.return()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('costs three requests an interval for a hundred watchers, which share the same events', async () => {
    const { groups, kafka, watches } = scene()
    groups.set('readers', { offsets: [0, 0] })
    const opening = Array.from({ length: 100 }, () => watches.groupLag(testCall, { ...lagged, groupIds: ['readers'] }))
    const readers = (await settled(Promise.all(opening))).map(collected)
    const before = { ...groups.counts, ends: kafka.counts.listOffsets }
    kafka.append('orders', 0, ['v'])
    await pass(10_000)
    expect(groups.counts.list - before.list).toBe(10)
    expect(groups.counts.committed - before.committed).toBe(10)
    expect(kafka.counts.listOffsets - before.ends).toBe(10)
    expect(groups.counts.describe).toBe(0)
    for (const { events } of readers) {
      expect(events).toHaveLength(2)
      expect(events[1]).toBe(readers[0]?.events[1])
    }
    await watches[Symbol.asyncDispose]()
  })

  it('of different groups goes to Kafka as one request', async () => {
    const { groups, watches } = scene()
    for (const groupId of ['a', 'b', 'c']) groups.set(groupId, { offsets: [1] })
    for (const groupId of ['a', 'b', 'c']) await settled(watches.groupLag(testCall, { ...lagged, groupIds: [groupId] }))
    await pass(1000 - (Date.now() % 1000) + 50)
    const before = groups.counts.committed
    await pass(10_000)
    expect(groups.counts.committed - before).toBe(10)
    await watches[Symbol.asyncDispose]()
  })

  it('with a minimum change compares with the last reported value, so that a slow drift is reported too', async () => {
    const { groups, watches } = scene()
    groups.set('readers', { offsets: [0] })
    const opened = await settled(watches.groupLag(testCall, { ...lagged, groupIds: ['readers'], minChange: 10n }))
    const { events } = collected(opened)
    for (let offset = 1; offset <= 25; offset++) {
      groups.set('readers', { offsets: [offset] })
      await pass(1000)
    }
    expect(events.map(one => one[0]?.offset)).toEqual([0n, 10n, 20n])
    await watches[Symbol.asyncDispose]()
  })

  it('uses the last known end of a partition without a leader', async () => {
    const { groups, kafka, watches } = scene()
    groups.set('readers', { offsets: [1] })
    kafka.append('orders', 0, ['a', 'b'])
    const { events } = collected(await settled(watches.groupLag(testCall, { ...lagged, groupIds: null })))
    kafka.setLeader('orders', 0, null)
    await pass(3000)
    groups.set('readers', { offsets: [2] })
    await pass(3000)
    expect(events.map(textOf)).toEqual([['readers/0: 1 of 2'], ['readers/0: 2 of 2']])
    await watches[Symbol.asyncDispose]()
  })

  it('is refused for a group that does not exist, and ends with the same error when it is deleted', async () => {
    const { groups, watches } = scene()
    groups.set('readers', { offsets: [1] })
    const opening = watches.groupLag(testCall, { ...lagged, groupIds: ['readers', 'nobody'] })
    await expect(settled(opening)).rejects.toMatchObject({
      code: 'GROUP_ID_NOT_FOUND',
      details: { groupId: 'nobody' },
    })
    const { end } = collected(await settled(watches.groupLag(testCall, { ...lagged, groupIds: ['readers'] })))
    groups.kept.clear()
    await pass(4000)
    expect(end).toMatchObject({ isOver: true, error: { code: 'GROUP_ID_NOT_FOUND', details: { groupId: 'readers' } } })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
  })

  it.each([
    ['all groups', null],
    ['groups named', ['queue', 'readers']],
  ] as const)('continues for the others while one group cannot be read (%s)', async (_, groupIds) => {
    const { groups, watches } = scene()
    groups.set('queue', { offsets: [5] })
    groups.set('readers', { offsets: [1] })
    const { events, end } = collected(await settled(watches.groupLag(testCall, { ...lagged, groupIds })))
    // Neither listed nor described, as while its coordinator moves.
    groups.kept.delete('queue')
    groups.failing.set('queue', new KafkaError('COORDINATOR_NOT_AVAILABLE'))
    for (const offset of [2, 3]) {
      groups.set('readers', { offsets: [offset] })
      await pass(3000)
    }
    expect(events.flatMap(textOf)).toEqual([
      'queue/0: 5 of 0',
      'readers/0: 1 of 0',
      'readers/0: 2 of 0',
      'readers/0: 3 of 0',
    ])
    expect(end).toEqual({ isOver: false, error: null })
    await watches[Symbol.asyncDispose]()
  })

  it('of all groups continues when one is deleted, and includes new ones', async () => {
    const { groups, watches } = scene()
    groups.set('readers', { offsets: [1] })
    const { events, end } = collected(await settled(watches.groupLag(testCall, { ...lagged, groupIds: null })))
    groups.kept.clear()
    groups.set('others', { offsets: [2] })
    await pass(4000)
    expect(events.map(textOf)).toEqual([['readers/0: 1 of 0'], ['others/0: 2 of 0']])
    expect(end.isOver).toBe(false)
    await watches[Symbol.asyncDispose]()
  })

  it('omits a group whose offsets do not match the filter', async () => {
    const { groups, watches } = scene()
    groups.set('readers', { offsets: [1] })
    const holds = (offsets: readonly GroupOffset[]) => offsets.some(({ offset }) => offset > 5n)
    const { events } = collected(await settled(watches.groupLag(testCall, { ...lagged, groupIds: ['readers'], holds })))
    await pass(2000)
    groups.set('readers', { offsets: [9, 0] })
    await pass(2000)
    expect(events.map(textOf)).toEqual([[], ['readers/0: 9 of 0', 'readers/1: 0 of 0']])
    await watches[Symbol.asyncDispose]()
  })
})
