import { describe, expect, it } from 'vitest'
import type { MessageStream, StreamEvent } from '../../src/kafka/ports/message-streams.ts'
import { eventually } from '../support/eventually.ts'
import {
  eventsUntil,
  nextEvent,
  nextOf,
  placesOf,
  streamFixture,
  untilCaughtUp,
  values,
  valuesOf,
} from './stream-fixture.ts'

const LATEST = { from: { kind: 'latest' } } as const
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}

describe('a thousand streams of one topic', () => {
  it('follow each partition once and share every event; after the last one left nothing is followed', async () => {
    await using fixture = streamFixture(2)
    const streams = await Promise.all(Array.from({ length: 1000 }, () => fixture.open(LATEST)))
    await Promise.all(streams.map(stream => nextOf(stream, 'caughtUp')))
    expect(fixture.kafka.counts).toMatchObject({ followsOpened: 2, reads: 0 })
    expect(fixture.engine.stats()).toMatchObject({ feeds: 1000, liveFeeds: 1000, tails: 1, followedPartitions: 2 })
    for (const round of [1, 2, 3]) {
      const waiting = streams.map(stream => nextOf(stream, 'batch'))
      fixture.kafka.append('orders', round % 2, values(10))
      const batches = new Set(await Promise.all(waiting))
      expect(batches.size).toBe(1)
      expect([...batches][0]?.messages).toHaveLength(10)
    }
    expect(fixture.engine.stats().ringBytes).toBeGreaterThan(0)
    for (const stream of streams) await stream.return()
    expect(fixture.engine.stats()).toMatchObject({ feeds: 0, liveFeeds: 0 })
    await eventually(() => expect(fixture.kafka.counts.followsOpen).toBe(0), { every: 5 })
    expect(fixture.engine.stats()).toMatchObject({
      feeds: 0,
      liveFeeds: 0,
      tails: 0,
      followedPartitions: 0,
      ringBytes: 0,
    })
    expect(fixture.kafka.counts.followsOpened).toBe(2)
  })
})

describe('streams that share a ring', () => {
  it('get the same events once they are at the same place, from any start', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(30))
    await using early = await fixture.open()
    await untilCaughtUp(early)
    await using late = await fixture.open(LATEST)
    await nextOf(late, 'caughtUp')
    await using behind = await fixture.open({ from: { kind: 'lastPerPartition', count: 7 } })
    await untilCaughtUp(behind)
    for (const count of [5, 250, 1]) {
      const waiting = [early, late, behind].map(stream => nextOf(stream, 'batch'))
      fixture.kafka.append('orders', 1, values(count))
      expect(new Set(await Promise.all(waiting)).size).toBe(1)
      await Promise.all([early, late, behind].map(stream => takeAll(stream, count)))
    }
  })

  it('get different events when their limits or their partitions differ', async () => {
    await using fixture = streamFixture(2)
    const requests = [
      {},
      { limits: { maxMessages: 2, maxBytes: 1e6, lingerMs: 0 } },
      { partitions: [0, 1] },
      { partitions: [0] },
    ]
    const streams = await Promise.all(requests.map(request => fixture.open({ ...LATEST, ...request })))
    await Promise.all(streams.map(stream => nextOf(stream, 'caughtUp')))
    const waiting = streams.map(stream => nextOf(stream, 'batch'))
    fixture.kafka.append('orders', 0, values(3))
    const batches = await Promise.all(waiting)
    expect(new Set(batches).size).toBe(4)
    expect(batches.map(({ messages }) => messages.length)).toEqual([3, 2, 3, 3])
    for (const stream of streams) await stream.return()
  })

  it('share the cursors, and each is computed once', async () => {
    await using fixture = streamFixture(1)
    const streams = await Promise.all([fixture.open(LATEST), fixture.open(LATEST)])
    await Promise.all(streams.map(stream => nextOf(stream, 'caughtUp')))
    fixture.kafka.append('orders', 0, values(3))
    const [one, other] = await Promise.all(streams.map(stream => nextOf(stream, 'batch')))
    expect(other?.cursorAt(1)).toBe(one?.cursorAt(1))
    expect(one?.cursorAt(2)).toBe(one?.cursor)
    expect(() => one?.cursorAt(3)).toThrow(RangeError)
    for (const stream of streams) await stream.return()
  })

  it('share no event that one of them must not see: it joined before the ring had reached its start', async () => {
    await using fixture = streamFixture(1)
    await using early = await fixture.open(LATEST)
    await nextOf(early, 'caughtUp')
    const waiting = nextOf(early, 'batch')
    fixture.kafka.append('orders', 0, values(3, 'old'))
    await using late = await fixture.open(LATEST)
    await nextOf(late, 'caughtUp')
    const first = nextOf(late, 'batch')
    expect(valuesOf([await waiting])).toEqual(['old0', 'old1', 'old2'])
    fixture.kafka.append('orders', 0, ['new'])
    expect(valuesOf([await first])).toEqual(['new'])
    expect(await nextOf(early, 'batch')).toBe(await first)
  })

  it('share gaps', async () => {
    await using fixture = streamFixture(1)
    const streams = await Promise.all([fixture.open(LATEST), fixture.open(LATEST)])
    await Promise.all(streams.map(stream => nextOf(stream, 'caughtUp')))
    const waiting = streams.map(stream => nextOf(stream, 'gap'))
    fixture.kafka.append('orders', 0, values(3))
    fixture.kafka.expire('orders', 0, 2)
    expect(new Set(await Promise.all(waiting)).size).toBe(1)
    for (const stream of streams) await stream.return()
  })
})

/** Reads until `count` messages have arrived since the first batch, which was already read. */
const takeAll = async (stream: MessageStream, count: number) => {
  let rest = count - Math.min(count, 100)
  while (rest > 0) rest -= (await nextOf(stream, 'batch')).messages.length
}

describe('a slow stream', () => {
  it('falls out of the ring, catches up from the log and returns, without missing or duplicate messages', async () => {
    const ring = { ringBytesPerPartition: 8 * 1024, ringBytesPerTopic: 8 * 1024 }
    await using fixture = streamFixture(2, ring)
    await using healthy = await fixture.open(LATEST)
    await nextOf(healthy, 'caughtUp')
    await using slow = await fixture.open(LATEST)
    await nextOf(slow, 'caughtUp')
    for (let round = 0; round < 40; round++) {
      fixture.kafka.append('orders', round % 2, values(20))
      await turns(2)
      await nextOf(healthy, 'batch')
    }
    expect(fixture.engine.stats()).toMatchObject({ feeds: 2, liveFeeds: 1 })
    expect(fixture.engine.stats().ringBytes).toBeLessThan(16 * 1024)
    const places: string[] = []
    while (places.length < 800) places.push(...placesOf([await nextOf(slow, 'batch')]))
    expect(new Set(places).size).toBe(800)
    for (const partition of [0, 1]) {
      const mine = places.filter(place => place.startsWith(`${partition}:`)).map(place => Number(place.slice(2)))
      expect(mine).toEqual(Array.from({ length: 400 }, (_, index) => index))
    }
    const reads = fixture.kafka.counts.reads
    const waiting = [healthy, slow].map(nextEvent)
    fixture.kafka.append('orders', 0, ['together again'])
    expect(new Set(await Promise.all(waiting)).size).toBe(1)
    expect(fixture.kafka.counts.reads).toBe(reads)
  })

  it('does not keep the topic followed once it has fallen out of the ring', async () => {
    const ring = { ringBytesPerPartition: 2 * 1024, ringBytesPerTopic: 2 * 1024 }
    await using fixture = streamFixture(1, ring)
    await using slow = await fixture.open(LATEST)
    await nextOf(slow, 'caughtUp')
    for (let round = 0; round < 20; round++) {
      fixture.kafka.append('orders', 0, values(20))
      await turns(2)
    }
    await eventually(() => expect(fixture.kafka.counts.followsOpen).toBe(0), { every: 5 })
    const rest = await eventsUntil(slow, event => placesOf([event]).includes('0:399'))
    expect(placesOf(rest)).toHaveLength(400)
    fixture.kafka.append('orders', 0, ['live'])
    expect(valuesOf([await nextEvent(slow)])).toEqual(['live'])
  })

  it('reads the log with few reads at a time, for any number of such streams', async () => {
    await using fixture = streamFixture(1, { catchUpConcurrency: 3 })
    fixture.kafka.append('orders', 0, values(2000))
    const apart = (index: number) => ({ from: { kind: 'lastPerPartition', count: 2000 - index } }) as const
    const streams = await Promise.all(Array.from({ length: 20 }, (_, index) => fixture.open(apart(index))))
    let most = 0
    const watching = setInterval(() => {
      most = Math.max(most, fixture.kafka.counts.readsOpen)
    }, 0)
    const all = await Promise.all(streams.map(untilCaughtUp))
    clearInterval(watching)
    expect(all.map(events => placesOf(events).length)).toEqual(streams.map((_, index) => 2000 - index))
    expect(most).toBeLessThanOrEqual(3)
    for (const stream of streams) await stream.return()
  })
})

describe('streams that are behind together', () => {
  const replay = async (stream: MessageStream) => await eventsUntil(stream, ({ kind }) => kind === 'caughtUp')
  const batchesOf = (all: readonly (readonly StreamEvent[])[]) => all.flat().filter(({ kind }) => kind === 'batch')

  it('cost one read for each part of the log and share every event', async () => {
    await using fixture = streamFixture(2)
    for (const partition of [0, 1]) fixture.kafka.append('orders', partition, values(2000))
    await using alone = await fixture.open()
    const one = await replay(alone)
    const reads = fixture.kafka.counts.reads
    const streams = await Promise.all(Array.from({ length: 50 }, () => fixture.open()))
    const all = await Promise.all(streams.map(replay))
    expect(all.map(events => placesOf(events).length)).toEqual(streams.map(() => 4000))
    expect(fixture.kafka.counts.reads - reads).toBeLessThan(2 * reads)
    expect(new Set(batchesOf(all)).size).toBeLessThan(2 * batchesOf([one]).length)
    for (const stream of streams) await stream.return()
    expect(fixture.engine.stats().catchUpBytes).toBe(0)
  })

  it('join each other although they begin at different places', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(2000))
    const from = (count: number) => fixture.open({ from: { kind: 'lastPerPartition', count } })
    const streams = await Promise.all([from(2000), from(1990), from(1903)])
    const all = await Promise.all(streams.map(replay))
    expect(all.map(events => placesOf(events).length)).toEqual([2000, 1990, 1903])
    expect(new Set(all.map(events => batchesOf([events]).at(-1))).size).toBe(1)
    for (const stream of streams) await stream.return()
  })

  it('are not affected when the stream whose read they share leaves', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(500))
    const streams = await Promise.all(Array.from({ length: 3 }, () => fixture.open()))
    const [first, ...others] = streams.map(replay)
    await streams[0]?.return()
    await first?.catch(() => undefined)
    const all = await Promise.all(others)
    expect(all.map(events => placesOf(events).length)).toEqual([500, 500])
    for (const stream of streams) await stream.return()
  })
})

describe('a partition that does not answer', () => {
  it('does not block the other partitions of a stream', async () => {
    await using fixture = streamFixture(2, { readTimeoutMs: 10 })
    fixture.kafka.append('orders', 0, values(300))
    fixture.kafka.append('orders', 1, values(300))
    const read = fixture.kafka.read
    const silent: typeof read = (request, signal) =>
      request.log.partition === 0
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : read(request, signal)
    fixture.kafka.read = silent
    await using stream = await fixture.open()
    const events = await eventsUntil(stream, event => placesOf([event]).includes('1:299'))
    expect(placesOf(events)).toHaveLength(300)
    fixture.kafka.read = read
    expect(placesOf(await untilCaughtUp(stream))).toHaveLength(300)
  })
})
