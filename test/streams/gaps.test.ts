import { describe, expect, it } from 'vitest'
import type { StreamLimits } from '../../src/streams/ring/stream-limits.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import {
  at,
  eventsUntil,
  failureOf,
  nextEvent,
  nextOf,
  placesOf,
  REQUEST,
  type StreamFixture,
  streamFixture,
  untilCaughtUp,
  values,
  valuesOf,
} from './stream-fixture.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

/** A stream that has delivered ten messages of partition 0, is caught up, and waits. */
const caughtUpStream = async (fixture: StreamFixture, onGap: 'report' | 'fail') => {
  fixture.kafka.append('orders', 0, values(10))
  const stream = await fixture.open({ onGap })
  await untilCaughtUp(stream)
  return stream
}

describe('the cursor of a stream', () => {
  it('is the start position before the first event, and follows the yielded events', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(3))
    await using stream = await fixture.open({ from: { kind: 'latest' } })
    const start = stream.cursor
    fixture.kafka.append('orders', 0, values(2, 'later'))
    await using torn = await fixture.open({ after: start })
    expect(placesOf(await untilCaughtUp(torn))).toEqual(['0:3', '0:4'])
    const { cursor } = await nextEvent(stream)
    expect(stream.cursor).toBe(cursor)
  })

  it('comes before gaps that are not yielded yet', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(10))
    fixture.kafka.append('orders', 1, values(10))
    await using before = await fixture.open({ from: { kind: 'earliest' } })
    const start = before.cursor
    fixture.kafka.expire('orders', 0, 4)
    fixture.kafka.expire('orders', 1, 6)
    await using stream = await fixture.open({ after: start, onGap: 'report' })
    const seen: number[][] = []
    for (let yielded = 0; yielded <= 2; yielded++) {
      await using resumed = await fixture.open({ after: stream.cursor, onGap: 'report' })
      const events = await untilCaughtUp(resumed)
      seen.push(events.flatMap(event => (event.kind === 'gap' ? [event.partition] : [])))
      if (yielded < 2) await nextOf(stream, 'gap')
    }
    expect(seen).toEqual([[0, 1], [1], []])
  })
})

describe('offsets that retention has deleted', () => {
  it('are a gap for a live stream, which continues after it', async () => {
    await using fixture = streamFixture(2)
    await using stream = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, values(5, 'lost'))
    fixture.kafka.expire('orders', 0, 13)
    const gap = await nextOf(stream, 'gap')
    expect(gap).toMatchObject({ partition: 0, fromOffset: 10n, toOffset: 13n, reason: 'RETENTION' })
    expect(placesOf([await nextEvent(stream)])).toEqual(['0:13', '0:14'])
    await using resumed = await fixture.open({ after: gap.cursor, onGap: 'fail' })
    expect(placesOf(await untilCaughtUp(resumed))).toEqual(['0:13', '0:14'])
  })

  it('are a gap for a stream that is behind, too', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(500))
    await using stream = await fixture.open({ limits: { maxMessages: 10, maxBytes: 1e6, lingerMs: 0 } })
    const first = await nextOf(stream, 'batch')
    fixture.kafka.expire('orders', 0, 400)
    const rest = await untilCaughtUp(stream)
    const gap = rest.find(event => event.kind === 'gap')
    expect(gap).toMatchObject({ toOffset: 400n, reason: 'RETENTION' })
    const offsets = placesOf([first, ...rest]).map(place => Number(place.slice(2)))
    const hole = { from: Number(Object(gap).fromOffset), to: 400 }
    const expected = Array.from({ length: 500 }, (_, index) => index).filter(o => o < hole.from || o >= hole.to)
    expect(offsets).toEqual(expected)
  })

  it('are ignored by a stream that has passed them, and it takes no shared step twice', async () => {
    await using fixture = streamFixture(2)
    const { kafka, engine } = fixture
    const arrived = async (change: () => void) => {
      const { ringBytes } = engine.stats()
      change()
      await eventually(() => expect(engine.stats().ringBytes).toBeGreaterThan(ringBytes))
    }
    await using stream = await fixture.open({ partitions: [0, 1] })
    await untilCaughtUp(stream)
    await arrived(() => kafka.append('orders', 1, ['before']))
    await arrived(() => {
      kafka.append('orders', 0, values(5, 'lost'))
      kafka.expire('orders', 0, 5)
    })
    await arrived(() => kafka.append('orders', 1, ['behind']))
    await arrived(() => kafka.append('orders', 0, values(2)))
    const first = [await nextEvent(stream), await nextEvent(stream), await nextEvent(stream)]
    expect(first.map(({ kind }) => kind)).toEqual(['batch', 'gap', 'batch'])
    expect(placesOf(first)).toEqual(['1:0', '1:1', '0:5', '0:6'])
    const offsets = [
      { partition: 0, offset: at(7) },
      { partition: 1, offset: at(0) },
    ]
    await using ahead = await fixture.open({ from: { kind: 'offsets', offsets } })
    const events = await untilCaughtUp(ahead)
    expect(placesOf(events)).toEqual(['1:0', '1:1'])
    expect(events.map(({ kind }) => kind)).not.toContain('gap')
    expect(engine.stats().tails).toBe(1)
  })

  it('fail a stream with onGap fail, with the existing range and the cursor to continue with', async () => {
    await using fixture = streamFixture(1)
    const stream = await caughtUpStream(fixture, 'fail')
    fixture.kafka.append('orders', 0, values(5))
    fixture.kafka.expire('orders', 0, 13)
    const failure = await failureOf(stream.next())
    expect(failure).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      details: { partition: 0, fromOffset: '10', earliestOffset: '13', latestOffset: '15' },
    })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    await using resumed = await fixture.open({ after: Object(failure).details.cursor, onGap: 'fail' })
    expect(placesOf(await untilCaughtUp(resumed))).toEqual(['0:13', '0:14'])
  })
})

/** Each message has its own timestamp: after a truncation, reading continues at the timestamp last reached. */
const tickingFixture = (limits: Partial<StreamLimits> = {}) => {
  let now = 1000
  return streamFixture(1, limits, { now: () => now++ })
}

describe('a truncated log', () => {
  it('is read again from about the last position, and the stream gets a gap', async () => {
    await using fixture = tickingFixture()
    await using stream = await caughtUpStream(fixture, 'report')
    fixture.kafka.truncate('orders', 0, 6)
    fixture.kafka.append('orders', 0, ['other 6', 'other 7'])
    const events = await eventsUntil(stream, event => valuesOf([event]).includes('other 7'))
    expect(events[0]).toMatchObject({ kind: 'gap', fromOffset: 10n, toOffset: 6n, reason: 'UNCLEAN_LEADER_ELECTION' })
    expect(valuesOf(events)).toEqual(['other 6', 'other 7'])
    fixture.kafka.append('orders', 0, ['other 8'])
    expect(placesOf([await nextEvent(stream)])).toEqual(['0:8'])
  })

  it('is reported to streams that resume with an older cursor', async () => {
    await using fixture = tickingFixture()
    const stream = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, ['x'])
    const { cursor } = await nextOf(stream, 'batch')
    await stream.return()
    fixture.kafka.truncate('orders', 0, 6)
    await using resumed = await fixture.open({ after: cursor })
    const [first] = await eventsUntil(resumed, ({ kind }) => kind === 'gap').then(events => events.slice(-1))
    expect(first).toMatchObject({ fromOffset: 11n, toOffset: 6n, reason: 'UNCLEAN_LEADER_ELECTION' })
    fixture.kafka.append('orders', 0, ['other'])
    expect(placesOf([await nextEvent(resumed)])).toEqual(['0:6'])
  })

  it('is reported to streams that resume while others read live after the truncation', async () => {
    await using fixture = tickingFixture()
    await using live = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, ['x'])
    const { cursor } = await nextOf(live, 'batch')
    fixture.kafka.truncate('orders', 0, 6)
    await nextOf(live, 'gap')
    await using resumed = await fixture.open({ after: cursor })
    await eventsUntil(resumed, ({ kind }) => kind === 'gap')
    await nextOf(resumed, 'caughtUp')
    fixture.kafka.append('orders', 0, ['other'])
    expect(placesOf([await nextEvent(resumed)])).toEqual(['0:6'])
  })

  it('is reported to streams that resume after the log has grown past their cursor unobserved', async () => {
    await using fixture = tickingFixture()
    const stream = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, ['x'])
    const { cursor } = await nextOf(stream, 'batch')
    await stream.return()
    fixture.kafka.truncate('orders', 0, 6)
    fixture.kafka.append('orders', 0, values(20))
    await using other = fixture.anotherEngine()
    for (const engine of [fixture.engine, other]) {
      await using resumed = await engine.open(testCall, { ...REQUEST, after: cursor })
      const events = await untilCaughtUp(resumed)
      expect(events[0]).toMatchObject({ kind: 'gap', fromOffset: 11n, toOffset: 6n, reason: 'UNCLEAN_LEADER_ELECTION' })
      expect(placesOf(events)).toEqual(Array.from({ length: 20 }, (_, index) => `0:${index + 6}`))
      const failed = await engine.open(testCall, { ...REQUEST, after: cursor, onGap: 'fail' })
      expect(await failureOf(failed.next())).toMatchObject({
        code: 'OFFSET_OUT_OF_RANGE',
        details: { fromOffset: '11' },
      })
    }
  })

  it('is reported to a stream that resumes while others have followed the log through the truncation', async () => {
    await using fixture = tickingFixture()
    await using live = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, ['x'])
    const { cursor } = await nextOf(live, 'batch')
    fixture.kafka.truncate('orders', 0, 6)
    fixture.kafka.append('orders', 0, values(20))
    await nextOf(live, 'gap')
    await nextOf(live, 'batch')
    await using resumed = await fixture.open({ after: cursor })
    expect(await nextEvent(resumed)).toMatchObject({ kind: 'gap', fromOffset: 11n, toOffset: 6n })
  })

  it('is reported to a stream that fell behind before it, while others have read on', async () => {
    await using fixture = tickingFixture({ ringBytesPerPartition: 2048 })
    await using live = await caughtUpStream(fixture, 'report')
    await using slow = await fixture.open()
    await untilCaughtUp(slow)
    fixture.kafka.append('orders', 0, ['x'])
    await nextOf(live, 'batch')
    await nextOf(slow, 'batch')
    fixture.kafka.append('orders', 0, values(200, 'long'.repeat(50)))
    while (placesOf([await nextEvent(live)]).at(-1) !== '0:210');
    fixture.kafka.truncate('orders', 0, 6)
    await nextOf(live, 'gap')
    fixture.kafka.append('orders', 0, values(20))
    await nextOf(live, 'batch')
    expect(await nextEvent(slow)).toMatchObject({ kind: 'gap', fromOffset: 11n, toOffset: 6n })
    expect(placesOf([await nextEvent(slow)])[0]).toBe('0:6')
  })

  it('does not affect an older cursor below the truncation', async () => {
    await using fixture = tickingFixture()
    fixture.kafka.append('orders', 0, values(4))
    const stream = await fixture.open()
    const { cursor } = await nextOf(stream, 'batch')
    await stream.return()
    fixture.kafka.append('orders', 0, values(4))
    fixture.kafka.truncate('orders', 0, 6)
    fixture.kafka.append('orders', 0, values(4))
    await using resumed = await fixture.open({ after: cursor })
    const events = await untilCaughtUp(resumed)
    expect(events.map(({ kind }) => kind)).toEqual(['batch', 'caughtUp'])
    expect(placesOf(events)).toEqual(['0:4', '0:5', '0:6', '0:7', '0:8', '0:9'])
  })

  it('fails a stream with onGap fail', async () => {
    await using fixture = tickingFixture()
    const stream = await caughtUpStream(fixture, 'fail')
    fixture.kafka.truncate('orders', 0, 6)
    expect(await failureOf(stream.next())).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      details: { fromOffset: '10', earliestOffset: '0', latestOffset: '6', cursor: expect.any(String) },
    })
  })
})

describe('a batch that cannot be decoded', () => {
  it('is a gap for a stream that is behind and for a live one', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(4))
    fixture.kafka.poison('orders', 0, 1)
    await using stream = await fixture.open()
    const stored = await untilCaughtUp(stream)
    expect(stored.map(({ kind }) => kind)).toEqual(['batch', 'gap', 'batch', 'caughtUp'])
    expect(stored[1]).toMatchObject({ fromOffset: 1n, toOffset: 2n, reason: 'DECODE_LIMIT' })
    fixture.kafka.append('orders', 0, values(2))
    fixture.kafka.poison('orders', 0, 4)
    expect(await nextOf(stream, 'gap')).toMatchObject({ fromOffset: 4n, toOffset: 5n })
    expect(placesOf([await nextEvent(stream)])).toEqual(['0:5'])
  })

  it('fails a stream with onGap fail, with its own error and the cursor after the batch', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(4))
    fixture.kafka.poison('orders', 0, 0)
    const failure = await failureOf((await fixture.open({ onGap: 'fail' })).next())
    expect(failure).toMatchObject({ code: 'CORRUPT_MESSAGE', details: { cursor: expect.any(String) } })
    await using resumed = await fixture.open({ after: Object(failure).details.cursor, onGap: 'fail' })
    expect(placesOf(await untilCaughtUp(resumed))).toEqual(['0:1', '0:2', '0:3'])
  })
})

describe('a deleted topic', () => {
  it('ends a live stream with TOPIC_DELETED after the messages read before', async () => {
    await using fixture = streamFixture(2)
    const stream = await caughtUpStream(fixture, 'report')
    fixture.kafka.append('orders', 0, ['last'])
    await turn()
    await turn()
    fixture.kafka.removeTopic('orders')
    expect(valuesOf([await nextEvent(stream)])).toEqual(['last'])
    expect(await failureOf(stream.next())).toMatchObject({ code: 'TOPIC_DELETED' })
    expect(await stream.next()).toMatchObject({ done: true })
  })

  it('ends a stream that is behind', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(500))
    const stream = await fixture.open({ limits: { maxMessages: 10, maxBytes: 1e6, lingerMs: 0 } })
    await nextOf(stream, 'batch')
    fixture.kafka.removeTopic('orders')
    expect(await failureOf(untilCaughtUp(stream))).toMatchObject({ code: 'TOPIC_DELETED' })
  })

  it('is noticed although the log itself is only silent', async () => {
    const fixture = streamFixture(1)
    await using _ = fixture
    const { kafka } = fixture
    const stream = await caughtUpStream(fixture, 'report')
    const failing = failureOf(stream.next())
    // The followers wait as for a dead broker; only the catalog answers.
    kafka.goDown()
    kafka.removeTopic('orders')
    await eventually(() => expect(kafka.counts.describeTopics).toBeGreaterThan(2), { every: 5 })
    kafka.comeUp()
    expect(await failing).toMatchObject({ code: 'TOPIC_DELETED' })
  })

  it.each(['report', 'fail'] as const)('that was recreated ends the stream with TOPIC_RECREATED (%s)', async onGap => {
    await using fixture = streamFixture(2)
    const stream = await caughtUpStream(fixture, onGap)
    fixture.kafka.recreateTopic('orders')
    fixture.kafka.append('orders', 1, ['new'])
    const gaps = onGap === 'report' ? [await nextOf(stream, 'gap'), await nextOf(stream, 'gap')] : []
    for (const gap of gaps) expect(gap).toMatchObject({ toOffset: 0n, reason: 'TOPIC_RECREATED' })
    const failure = await failureOf(stream.next())
    expect(failure).toMatchObject({ code: 'TOPIC_RECREATED' })
    for (const after of [Object(failure).details.cursor, ...gaps.map(({ cursor }) => cursor)]) {
      await using resumed = await fixture.open({ after })
      expect(valuesOf(await untilCaughtUp(resumed))).toEqual(['new'])
    }
  })
})

describe('added partitions', () => {
  it('join a live stream of all partitions from their first message', async () => {
    await using fixture = streamFixture(1)
    await using stream = await caughtUpStream(fixture, 'report')
    const waiting = nextOf(stream, 'batch')
    fixture.kafka.addPartitions('orders', 3)
    fixture.kafka.append('orders', 2, ['first of a new one'])
    expect(valuesOf([await waiting])).toEqual(['first of a new one'])
    fixture.kafka.append('orders', 0, ['old'])
    const batch = await nextOf(stream, 'batch')
    expect(valuesOf([batch])).toEqual(['old'])
    await using resumed = await fixture.open({ after: batch.cursor })
    expect(placesOf(await untilCaughtUp(resumed))).toEqual([])
  })

  it('do not join a stream of listed partitions', async () => {
    await using fixture = streamFixture(1)
    await using stream = await fixture.open({ partitions: [0], from: { kind: 'latest' } })
    await nextOf(stream, 'caughtUp')
    const looks = fixture.kafka.counts.describeTopics
    fixture.kafka.addPartitions('orders', 2)
    fixture.kafka.append('orders', 1, ['no'])
    await eventually(() => expect(fixture.kafka.counts.describeTopics).toBeGreaterThan(looks + 2), { every: 5 })
    fixture.kafka.append('orders', 0, ['yes'])
    expect(valuesOf([await nextOf(stream, 'batch')])).toEqual(['yes'])
  })
})
