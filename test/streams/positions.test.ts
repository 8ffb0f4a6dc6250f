import { describe, expect, it } from 'vitest'
import type { StreamPosition } from '../../src/kafka/ports/message-streams.ts'
import { at, failureOf, nextEvent, nextOf, placesOf, streamFixture, untilCaughtUp, values } from './stream-fixture.ts'

/** Partition 0: offsets 0 to 9 at times 1000, 1010, …; partition 1: offsets 0 to 3 at 2000, 2010, …. */
const fixtureWithTimes = () => {
  const fixture = streamFixture(2)
  const append = (partition: number, count: number, first: number) =>
    fixture.kafka.append(
      'orders',
      partition,
      values(count).map((value, index) => ({ value, timestamp: first + index * 10 })),
    )
  append(0, 10, 1000)
  append(1, 4, 2000)
  return fixture
}

const firstPlaces = async (from: StreamPosition): Promise<Record<number, string>> => {
  await using fixture = fixtureWithTimes()
  await using stream = await fixture.open({ from })
  const caughtUp = (await untilCaughtUp(stream)).at(-1)
  if (caughtUp?.kind !== 'caughtUp') throw new Error('not caught up')
  return Object.fromEntries(caughtUp.positions.map(({ partition, begin }) => [partition, String(begin)]))
}

describe('a stream starts', () => {
  it.each<[string, StreamPosition, string, string]>([
    ['at the earliest', { kind: 'earliest' }, '0', '0'],
    ['at the latest', { kind: 'latest' }, '10', '4'],
    ['with the last messages of each partition', { kind: 'lastPerPartition', count: 6 }, '4', '0'],
    ['with the last 0 messages', { kind: 'lastPerPartition', count: 0 }, '10', '4'],
    ['at a time between two messages', { kind: 'timestamp', timestamp: 1011 }, '2', '0'],
    ['at a time that one partition has not reached', { kind: 'timestamp', timestamp: 1500 }, '10', '0'],
    ['at a time in the future: at the latest', { kind: 'timestamp', timestamp: 9e12 }, '10', '4'],
    ['at a time before the epoch: at the earliest', { kind: 'timestamp', timestamp: -2 }, '0', '0'],
    ['at the same offset of each partition', { kind: 'offset', offset: at(3) }, '3', '3'],
    ['at the end itself', { kind: 'offset', offset: at(4) }, '4', '4'],
  ])('%s', async (_, from, first, second) => {
    expect(await firstPlaces(from)).toEqual({ 0: first, 1: second })
  })

  it('at offsets of listed partitions, and reads no others', async () => {
    await using fixture = fixtureWithTimes()
    await using stream = await fixture.open({ from: { kind: 'offsets', offsets: [{ partition: 1, offset: at(2) }] } })
    expect(placesOf(await untilCaughtUp(stream))).toEqual(['1:2', '1:3'])
  })

  it('with a gap when retention has deleted the requested offset', async () => {
    await using fixture = fixtureWithTimes()
    fixture.kafka.expire('orders', 0, 6)
    await using stream = await fixture.open({ from: { kind: 'offset', offset: at(2) } })
    expect(await nextOf(stream, 'gap')).toMatchObject({
      partition: 0,
      fromOffset: 2n,
      toOffset: 6n,
      reason: 'RETENTION',
    })
    expect(placesOf(await untilCaughtUp(stream)).toSorted()).toEqual(['0:6', '0:7', '0:8', '0:9', '1:2', '1:3'])
  })
})

describe('deleted offsets of several partitions', () => {
  const offset = { kind: 'offset', offset: at(1) } as const
  it('are a gap each, and the cursor of one does not hide the next', async () => {
    await using fixture = fixtureWithTimes()
    for (const partition of [0, 1]) fixture.kafka.expire('orders', partition, 3)
    await using stream = await fixture.open({ from: offset })
    const [first, second] = [await nextOf(stream, 'gap'), await nextOf(stream, 'gap')]
    expect([first.partition, second.partition]).toEqual([0, 1])
    await using resumed = await fixture.open({ after: first.cursor })
    expect(await nextOf(resumed, 'gap')).toMatchObject({ partition: 1, fromOffset: 1n, toOffset: 3n })
  })

  it('refuse a stream one after the other', async () => {
    await using fixture = fixtureWithTimes()
    for (const partition of [0, 1]) fixture.kafka.expire('orders', partition, 3)
    const first = await failureOf(fixture.open({ from: offset, onGap: 'fail' }))
    expect(first).toMatchObject({ details: { partition: 0 } })
    const second = await failureOf(fixture.open({ after: Object(first).details.cursor, onGap: 'fail' }))
    expect(second).toMatchObject({ details: { partition: 1, fromOffset: '1' } })
    await using stream = await fixture.open({ after: Object(second).details.cursor, onGap: 'fail' })
    expect(placesOf(await untilCaughtUp(stream))).toHaveLength(8)
  })
})

describe('a stream is refused', () => {
  it('when retention has deleted the offset and onGap is fail; the error contains the cursor to continue with', async () => {
    await using fixture = fixtureWithTimes()
    fixture.kafka.expire('orders', 0, 6)
    const failure = await failureOf(fixture.open({ from: { kind: 'offset', offset: at(2) }, onGap: 'fail' }))
    expect(failure).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      details: { partition: 0, fromOffset: '2', earliestOffset: '6', latestOffset: '10', cursor: expect.any(String) },
    })
    const { cursor } = Object(failure).details
    await using stream = await fixture.open({ after: cursor, onGap: 'fail' })
    expect(placesOf(await untilCaughtUp(stream)).toSorted()).toEqual(['0:6', '0:7', '0:8', '0:9', '1:2', '1:3'])
  })

  it.each([5, -1])('for offset %i, beyond the end or below any log, with any gap policy', async offset => {
    await using fixture = fixtureWithTimes()
    for (const onGap of ['report', 'fail'] as const)
      expect(await failureOf(fixture.open({ from: { kind: 'offset', offset: at(offset) }, onGap }))).toMatchObject({
        code: 'OFFSET_OUT_OF_RANGE',
        details: { partition: offset < 0 ? 0 : 1, earliestOffset: '0', latestOffset: offset < 0 ? '10' : '4' },
      })
  })

  it('but not for offsets of open transactions, which exist', async () => {
    await using fixture = fixtureWithTimes()
    fixture.kafka.append('orders', 1, values(3), 'open')
    const from: StreamPosition = { kind: 'offsets', offsets: [{ partition: 1, offset: at(6) }] }
    await using stream = await fixture.open({ from, isolationLevel: 'READ_COMMITTED' })
    await nextOf(stream, 'caughtUp')
    fixture.kafka.endTransaction('open', 'committed')
    expect(placesOf([await nextEvent(stream)])).toEqual(['1:6'])
    const beyond: StreamPosition = { kind: 'offsets', offsets: [{ partition: 1, offset: at(99) }] }
    expect(await failureOf(fixture.open({ from: beyond, isolationLevel: 'READ_COMMITTED' }))).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    })
  })

  it('for a partition that does not exist, with the number of partitions', async () => {
    await using fixture = fixtureWithTimes()
    for (const partition of [2, -1, 0.5])
      expect(await failureOf(fixture.open({ partitions: [0, partition] }))).toMatchObject({
        code: 'UNKNOWN_TOPIC_OR_PARTITION',
        message: expect.stringContaining(`no partition ${partition}: it has 2`),
      })
  })

  it('for a topic that does not exist', async () => {
    await using fixture = fixtureWithTimes()
    fixture.kafka.removeTopic('orders')
    expect(await failureOf(fixture.open())).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  })

  it('for an empty list of partitions, a partition listed twice, or a start offset of an unlisted partition', async () => {
    await using fixture = fixtureWithTimes()
    const twice = [
      { partition: 0, offset: at(0) },
      { partition: 0, offset: at(1) },
    ]
    for (const request of [
      { partitions: [] },
      { from: { kind: 'offsets', offsets: twice } },
      { partitions: [1], from: { kind: 'offsets', offsets: twice.slice(1) } },
      { from: { kind: 'lastPerPartition', count: -1 } },
    ] as const)
      expect(await failureOf(fixture.open(request))).toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('while no broker answers', async () => {
    await using fixture = fixtureWithTimes()
    fixture.kafka.goDown()
    expect(await failureOf(fixture.open())).toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
  })
})
