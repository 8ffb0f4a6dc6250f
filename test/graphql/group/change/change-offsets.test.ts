import { describe, expect, it } from 'vitest'
import { codes, harness, limits } from '../../harness.ts'
import { ScriptedGroups } from '../scripted-groups.ts'

interface Failure {
  readonly code: string
  readonly message: string
  readonly path: readonly string[] | null
}

interface Offset {
  readonly partition: { readonly partition: number; readonly topic: { readonly name: string } }
  readonly offset: string
  readonly metadata: string
}

interface OffsetsAnswer {
  readonly change: {
    readonly before: readonly Offset[]
    readonly after: readonly Offset[]
    readonly errors: readonly Failure[]
  }
}

const CHANGED = `{
  before { ...offset } after { ...offset } errors { code message path }
}}
fragment offset on GroupPartitionOffset { partition { partition topic { name } } offset metadata }`

const ALTER = `mutation ($groupId: String = "readers", $offsets: [GroupOffsetInput!]!, $dryRun: Boolean, $createGroup: Boolean = true) {
  change: alterConsumerGroupOffsets(groupId: $groupId, offsets: $offsets, dryRun: $dryRun, createGroup: $createGroup) ${CHANGED}`

const FORGET = `mutation ($groupId: String = "readers", $topic: String = "orders", $partitions: [Int!]) {
  change: deleteConsumerGroupOffsets(groupId: $groupId, topic: $topic, partitions: $partitions) ${CHANGED}`

const scene = () => {
  const groups = new ScriptedGroups({
    readers: { committed: { orders: [6, 1], payments: [3] } },
    workers: { members: ['one', 'two'], committed: { orders: [4] } },
    queue: { type: 'SHARE' },
  })
  const { kafka, run } = harness({ topics: { orders: 2, payments: 1 }, ports: { groups, groupAdmin: groups } })
  kafka.append('orders', 0, Array(10).fill('v'))
  kafka.append('orders', 1, Array(5).fill('v'))
  kafka.append('payments', 0, Array(3).fill('v'))
  kafka.expire('orders', 0, 2)
  const change = async (mutation: string, variables: Readonly<Record<string, unknown>>) => {
    const { data, errors } = await run<OffsetsAnswer>(mutation, variables)
    expect(errors).toEqual([])
    const { before, after, errors: failures } = data.change
    const short = (offsets: readonly Offset[]) =>
      offsets.map(({ partition: { topic, partition }, offset }) => `${topic.name} ${partition}: ${offset}`)
    return { before: short(before), after: short(after), failures: failures.map(({ code, path }) => [code, path]) }
  }
  return { groups, kafka, run, change }
}

const at = (topic: string, partition: number, offset: string | number, metadata?: string) => ({
  topic,
  partition,
  offset,
  metadata,
})

describe('alterConsumerGroupOffsets', () => {
  it('commits exactly what it is given, in several topics, in its order', async () => {
    const { change, groups } = scene()
    const offsets = [at('payments', 0, '1'), at('orders', 1, '5'), at('orders', 0, 2)]
    const planned = await change(ALTER, { offsets, dryRun: true })
    expect(groups.changes).toEqual([])
    const changed = await change(ALTER, { offsets })
    expect(changed).toEqual({
      before: ['payments 0: 3', 'orders 1: 1', 'orders 0: 6'],
      after: ['payments 0: 1', 'orders 1: 5', 'orders 0: 2'],
      failures: [],
    })
    expect(planned).toEqual(changed)
    expect(groups.committed('readers')).toEqual({ 'payments 0': 1n, 'orders 1': 5n, 'orders 0': 2n })
  })

  it('keeps the metadata that is given', async () => {
    const { run } = scene()
    const { data } = await run<OffsetsAnswer>(ALTER, { offsets: [at('orders', 0, 3, 'by hand'), at('orders', 1, 3)] })
    expect(data.change.after.map(({ metadata }) => metadata)).toEqual(['by hand', ''])
  })

  it('refuses each bad one by itself and commits the good one', async () => {
    const { change, groups } = scene()
    const offsets = [
      at('orders', 0, '11'),
      at('orders', 2, '0'),
      at('nowhere', 0, '0'),
      at('no topic', 0, '0'),
      at('payments', 0, '2'),
      at('orders', 1, '0'),
      at('orders', 1, '1'),
      at('orders', -1, '0'),
    ]
    expect(await change(ALTER, { offsets })).toEqual({
      before: ['orders 0: 6', 'payments 0: 3'],
      after: ['orders 0: 6', 'payments 0: 2'],
      failures: [
        ['OFFSET_OUT_OF_RANGE', ['offsets', '0']],
        ['UNKNOWN_TOPIC_OR_PARTITION', ['offsets', '1']],
        ['UNKNOWN_TOPIC_OR_PARTITION', ['offsets', '2']],
        ['INVALID_TOPIC_EXCEPTION', ['offsets', '3']],
        ['INVALID_REQUEST', ['offsets', '5']],
        ['INVALID_REQUEST', ['offsets', '6']],
        ['UNKNOWN_TOPIC_OR_PARTITION', ['offsets', '7']],
      ],
    })
    expect(groups.committed('readers')).toEqual({ 'orders 0': 6n, 'orders 1': 1n, 'payments 0': 2n })
  })

  it('is refused for a group with members, and makes one that is not there unless that is ruled out', async () => {
    const { change, groups } = scene()
    const offsets = [at('orders', 0, '2')]
    const refused = { before: ['orders 0: 4'], after: ['orders 0: 4'], failures: [['UNKNOWN_MEMBER_ID', ['groupId']]] }
    expect(await change(ALTER, { groupId: 'workers', offsets, dryRun: true })).toEqual(refused)
    expect(await change(ALTER, { groupId: 'workers', offsets })).toEqual(refused)
    expect(await change(ALTER, { groupId: 'new', offsets, createGroup: false })).toMatchObject({
      failures: [['GROUP_ID_NOT_FOUND', ['groupId']]],
    })
    expect(groups.changes).toEqual(['alter workers'])
    expect(await change(ALTER, { groupId: 'new', offsets })).toMatchObject({ failures: [] })
    expect(groups.committed('new')).toEqual({ 'orders 0': 2n })
  })

  it('is bounded', async () => {
    const { run } = scene()
    const offsets = Array.from({ length: limits.page.max + 1 }, (_, index) => at('orders', index, '0'))
    expect(codes(await run(ALTER, { offsets }))).toEqual(['BAD_USER_INPUT'])
  })
})

describe('deleteConsumerGroupOffsets', () => {
  it('forgets the whole topic, and nothing of another one', async () => {
    const { change, groups } = scene()
    expect(await change(FORGET, {})).toEqual({ before: ['orders 0: 6', 'orders 1: 1'], after: [], failures: [] })
    expect(groups.committed('readers')).toEqual({ 'payments 0': 3n })
  })

  it('forgets only the partitions that are named', async () => {
    const { change, groups } = scene()
    expect(await change(FORGET, { partitions: [1] })).toEqual({ before: ['orders 1: 1'], after: [], failures: [] })
    expect(groups.committed('readers')).toEqual({ 'orders 0': 6n, 'payments 0': 3n })
  })

  it('is refused while the group reads the topic', async () => {
    const { change } = scene()
    expect(await change(FORGET, { groupId: 'workers', partitions: [0, 1] })).toEqual({
      before: ['orders 0: 4'],
      after: ['orders 0: 4'],
      failures: [['GROUP_SUBSCRIBED_TO_TOPIC', ['topic']]],
    })
  })

  it.each([
    ['a group that is not there', { groupId: 'nobody' }, 'GROUP_ID_NOT_FOUND', 'groupId'],
    ['a share group', { groupId: 'queue' }, 'GROUP_ID_NOT_FOUND', 'groupId'],
    ['a topic that the group has not read', { topic: 'nowhere' }, 'UNKNOWN_TOPIC_OR_PARTITION', 'topic'],
    ['an illegal topic', { topic: 'a b' }, 'INVALID_TOPIC_EXCEPTION', 'topic'],
  ])('refuses %s', async (_, variables, code, argument) => {
    const { change, groups } = scene()
    expect(await change(FORGET, variables)).toEqual({ before: [], after: [], failures: [[code, [argument]]] })
    expect(groups.changes).toEqual([])
  })

  it.each([[[]], [[0, 0]], [[-1]], [Array.from({ length: limits.page.max + 1 }, (_, index) => index)]])(
    'refuses partitions that make no sense as bad input',
    async partitions => {
      const { run } = scene()
      expect(codes(await run(FORGET, { partitions }))).toEqual(['BAD_USER_INPUT'])
    },
  )
})
