import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { codes, harness, limits } from '../../harness.ts'
import { type GroupScript, ScriptedGroups } from '../scripted-groups.ts'

const CONTRACT = readFileSync(
  new URL('../../../../schema/operations/reset-group-offsets.graphql', import.meta.url),
  'utf8',
)

const RESET = `mutation ($groupId: String = "readers", $topic: String = "orders", $partitions: [Int!], $to: MessagePosition, $shiftBy: Long, $dryRun: Boolean, $createGroup: Boolean) {
  resetConsumerGroupOffsets(groupId: $groupId, topic: $topic, partitions: $partitions, to: $to, shiftBy: $shiftBy, dryRun: $dryRun, createGroup: $createGroup) {
    before { partition { partition } offset lag }
    after { partition { partition topic { name } } offset lag metadata }
    errors { code message path }
  }
}`

interface Offset {
  readonly partition: { readonly partition: number }
  readonly offset: string
  readonly lag: string
}

interface ResetAnswer {
  readonly resetConsumerGroupOffsets: {
    readonly before: readonly Offset[]
    readonly after: readonly Offset[]
    readonly errors: readonly {
      readonly code: string
      readonly message: string
      readonly path: readonly string[] | null
    }[]
  }
}

/** Two partitions with the offsets 2 to 10 and 0 to 5, at the times 1000, 1001, …, and a group that stands at 6 and nowhere. */
const scene = (group: GroupScript = { committed: { orders: [6, null] } }) => {
  const groups = new ScriptedGroups({ readers: group, queue: { type: 'SHARE' } })
  const { kafka, run } = harness({ topics: { orders: 2, empty: 1 }, ports: { groups, groupAdmin: groups } })
  const messages = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ value: 'v', timestamp: 1000 + index }))
  kafka.append('orders', 0, messages(10))
  kafka.append('orders', 1, messages(5))
  kafka.expire('orders', 0, 2)
  const reset = async (variables: Readonly<Record<string, unknown>>) => {
    const { data, errors } = await run<ResetAnswer>(RESET, variables)
    expect(errors).toEqual([])
    const { before, after, errors: failures } = data.resetConsumerGroupOffsets
    const short = (offsets: readonly Offset[]) =>
      Object.fromEntries(offsets.map(({ partition, offset, lag }) => [partition.partition, `${offset}, lag ${lag}`]))
    return { before: short(before), after: short(after), failures }
  }
  return { groups, kafka, run, reset }
}

describe('resetConsumerGroupOffsets', () => {
  it('runs the operation of the contract', async () => {
    const { run, groups } = scene()
    const variables = { groupId: 'readers', topic: 'orders', to: { earliest: true } }
    const { data, errors } = await run<ResetAnswer>(CONTRACT, variables)
    expect(errors).toEqual([])
    expect(data.resetConsumerGroupOffsets).toEqual({
      before: [{ partition: { partition: 0 }, offset: '6', lag: '4' }],
      after: [
        { partition: { partition: 0 }, offset: '2', lag: '8' },
        { partition: { partition: 1 }, offset: '0', lag: '5' },
      ],
      errors: [],
    })
    expect(groups.committed('readers')).toEqual({ 'orders 0': 2n, 'orders 1': 0n })
  })

  it.each([
    ['the start', { to: { earliest: true } }, { 0: '2, lag 8', 1: '0, lag 5' }],
    ['the end', { to: { latest: true } }, { 0: '10, lag 0', 1: '5, lag 0' }],
    ['the last so many', { to: { lastPerPartition: 3 } }, { 0: '7, lag 3', 1: '2, lag 3' }],
    ['a moment', { to: { timestamp: '1970-01-01T00:00:01.004Z' } }, { 0: '4, lag 6', 1: '4, lag 1' }],
    [
      'a moment after the last message',
      { to: { timestamp: '2001-01-01T00:00:00Z' } },
      { 0: '10, lag 0', 1: '5, lag 0' },
    ],
    ['so long ago', { to: { ago: 'PT1S' } }, { 0: '10, lag 0', 1: '5, lag 0' }],
    ['an offset', { to: { offset: '3' } }, { 0: '3, lag 7', 1: '3, lag 2' }],
    ['an offset of one partition', { to: { offset: '9' }, partitions: [0] }, { 0: '9, lag 1' }],
    ['offsets', { to: { offsets: [{ partition: 1, offset: '4' }] } }, { 1: '4, lag 1' }],
    ['right after the message of a cursor', { to: { cursor: 'orders@0:6' }, partitions: [0] }, { 0: '7, lag 3' }],
    ['a shift', { shiftBy: '-1', partitions: [0] }, { 0: '5, lag 5' }],
    ['a shift up to the end', { shiftBy: 100, partitions: [0] }, { 0: '10, lag 0' }],
  ])('to %s: a dry run tells the same and changes nothing', async (_, variables, expected) => {
    const { reset, groups } = scene()
    const planned = await reset({ ...variables, dryRun: true })
    expect(planned).toMatchObject({ after: expected, failures: [] })
    expect(groups.changes).toEqual([])
    expect(await reset(variables)).toEqual(planned)
    expect(groups.changes).toEqual(['alter readers'])
    for (const [partition, text] of Object.entries(expected)) {
      expect(groups.committed('readers')[`orders ${partition}`]).toBe(BigInt(text.replace(/,.*/, '')))
    }
  })

  it('refuses the partitions whose log has not the offset, and sets the others', async () => {
    const { reset, groups } = scene({ committed: { orders: [6, 1] } })
    expect(await reset({ to: { offset: '8' } })).toEqual({
      before: { 0: '6, lag 4', 1: '1, lag 4' },
      after: { 0: '8, lag 2', 1: '1, lag 4' },
      failures: [
        {
          code: 'OFFSET_OUT_OF_RANGE',
          message: 'Partition 1 of orders has the offsets 0 to 5 (the end), not 8.',
          path: ['to', 'offset'],
        },
      ],
    })
    expect(groups.committed('readers')).toEqual({ 'orders 0': 8n, 'orders 1': 1n })
    const offsets = [
      { partition: 1, offset: '5' },
      { partition: 0, offset: '1' },
      { partition: 7, offset: '0' },
    ]
    const { failures } = await reset({ to: { offsets } })
    expect(failures.map(({ code, path }) => [code, path])).toEqual([
      ['OFFSET_OUT_OF_RANGE', ['to', 'offsets', '1']],
      ['UNKNOWN_TOPIC_OR_PARTITION', ['to', 'offsets', '2']],
    ])
    expect(groups.committed('readers')).toEqual({ 'orders 0': 8n, 'orders 1': 5n })
  })

  it('names the partitions that there are when one is not', async () => {
    const { reset } = scene()
    const { after, failures } = await reset({ to: { earliest: true }, partitions: [1, 2] })
    expect(after).toEqual({ 1: '0, lag 5' })
    expect(failures).toEqual([
      {
        code: 'UNKNOWN_TOPIC_OR_PARTITION',
        message: 'Topic orders has the partitions 0 to 1, no partition 2.',
        path: ['partitions', '1'],
      },
    ])
  })

  it('shifts what is committed and refuses the partition that has no commit', async () => {
    const { reset } = scene()
    const { after, failures } = await reset({ shiftBy: '-3' })
    expect(after).toEqual({ 0: '3, lag 7' })
    expect(failures).toMatchObject([{ code: 'INVALID_REQUEST', path: ['shiftBy'] }])
  })

  it('sets no leaderless partition, and the others', async () => {
    const { reset, kafka, groups } = scene()
    kafka.setLeader('orders', 1, null)
    const { failures } = await reset({ to: { latest: true } })
    expect(failures).toMatchObject([{ code: 'LEADER_NOT_AVAILABLE', path: ['topic'] }])
    expect(groups.committed('readers')).toEqual({ 'orders 0': 10n })
  })

  it.each([
    ['CLASSIC', 'UNKNOWN_MEMBER_ID'],
    ['CONSUMER', 'UNKNOWN_MEMBER_ID'],
    ['SHARE', 'NON_EMPTY_GROUP'],
  ] as const)('is refused while a %s group has members, by a dry run in the same words', async (type, code) => {
    const { reset, groups } = scene({ type, committed: { orders: [6, null] }, members: ['reader'] })
    const planned = await reset({ to: { earliest: true }, dryRun: true })
    expect(groups.changes).toEqual([])
    const refused = await reset({ to: { earliest: true } })
    expect(groups.changes).toEqual(['alter readers'])
    expect(refused).toEqual(planned)
    expect(refused).toMatchObject({
      before: { 0: '6, lag 4' },
      after: refused.before,
      failures: [{ code, path: ['groupId'] }],
    })
    expect(refused.failures[0]?.message).toContain('Group readers has members')
  })

  it('makes no group by mistake, only when that is asked for', async () => {
    const { reset, groups } = scene()
    const unknown = { groupId: 'raeders', to: { earliest: true } }
    const refused = await reset(unknown)
    expect(refused).toMatchObject({
      before: {},
      after: {},
      failures: [{ code: 'GROUP_ID_NOT_FOUND', path: ['groupId'] }],
    })
    expect(groups.changes).toEqual([])
    const made = await reset({ ...unknown, createGroup: true })
    expect(made).toEqual({ before: {}, after: { 0: '2, lag 8', 1: '0, lag 5' }, failures: [] })
    expect(groups.committed('raeders')).toEqual({ 'orders 0': 2n, 'orders 1': 0n })
  })

  it.each([
    ['the empty id, which no group has', { groupId: '', createGroup: false }, 'GROUP_ID_NOT_FOUND', ['groupId']],
    ['a topic that is not there', { topic: 'nowhere' }, 'UNKNOWN_TOPIC_OR_PARTITION', ['topic']],
    ['a cursor of another topic', { to: { cursor: 'empty@0:1' } }, 'INVALID_CURSOR', ['to', 'cursor']],
    ['an illegal topic', { topic: 'a b' }, 'INVALID_TOPIC_EXCEPTION', ['topic']],
  ])('refuses %s', async (_, variables, code, path) => {
    const { reset, groups } = scene()
    const { failures } = await reset({ to: { earliest: true }, createGroup: true, ...variables })
    expect(failures).toMatchObject([{ code, path }])
    expect(groups.changes).toEqual([])
  })

  it.each(['KAFKA_UNAVAILABLE', 'OUTCOME_UNKNOWN'] as const)('tells %s once, for the whole', async code => {
    const { reset, groups } = scene({ committed: { orders: [6, 1] } })
    groups.failure = new KafkaError(code)
    const { after, failures } = await reset({ to: { earliest: true } })
    expect(failures).toMatchObject([{ code, path: null }])
    // Nobody knows what is committed when the answer was lost.
    expect(after).toEqual(code === 'OUTCOME_UNKNOWN' ? {} : { 0: '6, lag 4', 1: '1, lag 4' })
  })

  it('tells a failure before anything was sent the same way', async () => {
    const { reset, kafka } = scene()
    kafka.goDown()
    expect(await reset({ to: { earliest: true } })).toMatchObject({
      before: {},
      failures: [{ code: 'KAFKA_UNAVAILABLE', path: null }],
    })
  })

  it.each([
    ['no position', {}, 'to'],
    ['two positions', { to: { earliest: true }, shiftBy: 1 }, 'shiftBy'],
    ['false', { to: { latest: false } }, 'to.latest'],
    ['no partitions', { to: { earliest: true }, partitions: [] }, 'partitions'],
    ['a partition twice', { to: { earliest: true }, partitions: [1, 1] }, 'partitions'],
    ['a negative partition', { to: { earliest: true }, partitions: [-1] }, 'partitions'],
    ['partitions twice', { to: { offsets: [{ partition: 0, offset: 3 }] }, partitions: [0] }, 'partitions'],
    [
      'too many partitions',
      { to: { earliest: true }, partitions: Array.from({ length: limits.page.max + 1 }, (_, index) => index) },
      'partitions',
    ],
  ])('refuses %s as bad input', async (_, variables, argument) => {
    const { run, groups } = scene()
    const answer = await run<ResetAnswer>(RESET, variables)
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.errors[0]?.extensions?.argument).toBe(argument)
    expect(groups.changes).toEqual([])
  })
})
