import { describe, expect, it } from 'vitest'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import {
  allEvents,
  at,
  eventsUntil,
  failureOf,
  nextOf,
  placesOf,
  REQUEST,
  streamFixture,
  untilCaughtUp,
  values,
  valuesOf,
} from '../stream-fixture.ts'

describe('a stream', () => {
  it('from the earliest message delivers everything, reports caught up, and continues live', async () => {
    await using fixture = streamFixture(2)
    const { kafka } = fixture
    kafka.append('orders', 0, values(250))
    kafka.append('orders', 1, values(30))
    await using stream = await fixture.open()
    const stored = await untilCaughtUp(stream)
    expect(placesOf(stored)).toHaveLength(280)
    expect(new Set(placesOf(stored)).size).toBe(280)
    kafka.append('orders', 1, ['live'])
    const live = await nextOf(stream, 'batch')
    expect(valuesOf([live])).toEqual(['live'])
    expect(live.lag).toBe(0n)
  })

  it('from latest is caught up at once and then delivers only new messages', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(5))
    await using stream = await fixture.open({ from: { kind: 'latest' } })
    fixture.kafka.append('orders', 0, ['new'])
    const caughtUp = await nextOf(stream, 'caughtUp')
    expect(caughtUp.positions).toEqual([
      { partition: 0, begin: 5n, position: 5n, end: 5n },
      { partition: 1, begin: 0n, position: 0n, end: 0n },
    ])
    expect(valuesOf([await nextOf(stream, 'batch')])).toEqual(['new'])
    expect(fixture.kafka.counts.reads).toBe(0)
  })

  it('cuts batches at the limits; a single message may be larger', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(200), 'd', 'e', 'f', 'g'])
    await using stream = await fixture.open({ limits: { maxMessages: 3, maxBytes: 100, lingerMs: 0 } })
    const events = await untilCaughtUp(stream)
    const sizes = events.flatMap(event => (event.kind === 'batch' ? [event.messages.length] : []))
    expect(sizes).toEqual([2, 1, 3, 1])
  })

  it('reads only the chosen partitions', async () => {
    await using fixture = streamFixture(3)
    for (const partition of [0, 1, 2]) fixture.kafka.append('orders', partition, values(3))
    await using stream = await fixture.open({ partitions: [2, 0] })
    expect(placesOf(await untilCaughtUp(stream)).map(place => place[0])).not.toContain('1')
    fixture.kafka.append('orders', 1, ['no'])
    fixture.kafka.append('orders', 2, ['yes'])
    expect(valuesOf([await nextOf(stream, 'batch')])).toEqual(['yes'])
  })

  it('with an end completes once every partition has reached it', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(10))
    const offsets = [
      { partition: 0, offset: at(4) },
      { partition: 1, offset: at(2) },
    ]
    await using stream = await fixture.open({ to: { kind: 'offsets', offsets } })
    const stored = await untilCaughtUp(stream)
    expect(placesOf(stored)).toEqual(['0:0', '0:1', '0:2', '0:3'])
    fixture.kafka.append('orders', 1, values(5))
    expect(placesOf(await allEvents(stream))).toEqual(['1:0', '1:1'])
  })

  it('whose end lies before its start reports caught up and completes at once', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(10))
    await using stream = await fixture.open({ from: { kind: 'latest' }, to: { kind: 'earliest' } })
    expect((await allEvents(stream)).map(({ kind }) => kind)).toEqual(['caughtUp'])
  })

  it('of an empty topic to latest completes', async () => {
    await using fixture = streamFixture(3)
    await using stream = await fixture.open({ to: { kind: 'latest' } })
    expect((await allEvents(stream)).map(({ kind }) => kind)).toEqual(['caughtUp'])
  })

  it('hides open and aborted transactions from READ_COMMITTED, and its position passes them', async () => {
    await using fixture = streamFixture(1)
    const { kafka } = fixture
    kafka.append('orders', 0, ['a'])
    kafka.append('orders', 0, ['never'], 'aborted one')
    await using stream = await fixture.open({ isolationLevel: 'READ_COMMITTED' })
    expect(valuesOf(await untilCaughtUp(stream))).toEqual(['a'])
    kafka.append('orders', 0, ['b'], 'good one')
    kafka.endTransaction('aborted one', 'aborted')
    kafka.endTransaction('good one', 'committed')
    const seen = await eventsUntil(stream, event => valuesOf([event]).includes('b'))
    expect(valuesOf(seen)).toEqual(['b'])
    await using everything = await fixture.open()
    expect(valuesOf(await untilCaughtUp(everything))).toEqual(['a', 'never', 'b'])
  })

  it('silently passes compacted messages', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(6))
    fixture.kafka.compact('orders', 0, [1, 2, 5])
    await using stream = await fixture.open({ to: { kind: 'latest' } })
    expect(placesOf(await allEvents(stream))).toEqual(['0:0', '0:3', '0:4'])
  })

  it('batches messages when it is behind, and sends a single one at once when it waits', async () => {
    await using fixture = streamFixture(2)
    await using stream = await fixture.open({ from: { kind: 'latest' } })
    await nextOf(stream, 'caughtUp')
    const waiting = nextOf(stream, 'batch')
    fixture.kafka.append('orders', 0, ['single'])
    expect((await waiting).messages).toHaveLength(1)
    for (const partition of [0, 1, 0, 1]) {
      fixture.kafka.append('orders', partition, values(10))
      await new Promise(resolve => setImmediate(resolve))
    }
    await new Promise(resolve => setImmediate(resolve))
    expect((await nextOf(stream, 'batch')).messages).toHaveLength(40)
  })

  it('lingers only while messages keep arriving', async () => {
    await using fixture = streamFixture(1)
    const limits = { maxMessages: 3, maxBytes: 1_000_000, lingerMs: 20_000 }
    await using stream = await fixture.open({ from: { kind: 'latest' }, limits })
    await nextOf(stream, 'caughtUp')
    fixture.kafka.append('orders', 0, ['first'])
    expect(valuesOf([await nextOf(stream, 'batch')])).toEqual(['first'])
    const together = nextOf(stream, 'batch')
    for (const value of ['a', 'b', 'c']) {
      fixture.kafka.append('orders', 0, [value])
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(valuesOf([await together])).toEqual(['a', 'b', 'c'])
  })

  it('yields a fresh cursor while it is quiet, at the configured interval', async () => {
    await using fixture = streamFixture(1, { progressMs: 10 })
    fixture.kafka.append('orders', 0, values(3))
    await using stream = await fixture.open()
    await untilCaughtUp(stream)
    const progress = await nextOf(stream, 'progress')
    expect([progress.messagesScanned, progress.lag]).toEqual([3n, 0n])
    fixture.kafka.append('orders', 0, ['aborted'], 'x')
    fixture.kafka.endTransaction('x', 'aborted')
    await using resumed = await fixture.open({ after: progress.cursor })
    expect(valuesOf(await untilCaughtUp(resumed))).toEqual(['aborted'])
  })

  it('resumes after any message on another instance, without missing or duplicate messages', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(20))
    fixture.kafka.append('orders', 1, values(20))
    await using stream = await fixture.open({ limits: { maxMessages: 15, maxBytes: 1_000_000, lingerMs: 0 } })
    const first = await nextOf(stream, 'batch')
    for (const index of [0, 7, first.messages.length - 1]) {
      await using resumed = await fixture.anotherEngine().open(testCall, { ...REQUEST, after: first.cursorAt(index) })
      const places = placesOf(await untilCaughtUp(resumed))
      const delivered = placesOf([first]).slice(0, index + 1)
      expect([...delivered, ...places].sort()).toEqual([...new Set([...delivered, ...places])].sort())
      expect(delivered.length + places.length).toBe(40)
    }
  })

  it('waits during a Kafka outage and continues at its position', async () => {
    await using fixture = streamFixture(1)
    await using stream = await fixture.open({ from: { kind: 'latest' } })
    await nextOf(stream, 'caughtUp')
    let isSettled = false
    const waiting = nextOf(stream, 'batch').finally(() => {
      isSettled = true
    })
    fixture.kafka.goDown()
    fixture.kafka.append('orders', 0, ['while away'])
    const { describeTopics } = fixture.kafka.counts
    // The stream looks at its topic again and again, and is refused each time.
    await eventually(() => expect(fixture.kafka.counts.describeTopics).toBeGreaterThan(describeTopics + 3))
    expect(isSettled).toBe(false)
    fixture.kafka.comeUp()
    expect(valuesOf([await waiting])).toEqual(['while away'])
  })

  it('ends with CLOSED and the cursor that resumes it when the server shuts down', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(2))
    const waiting = await fixture.open()
    await untilCaughtUp(waiting)
    const failing = failureOf(waiting.next())
    const idle = await fixture.open()
    await fixture.engine[Symbol.asyncDispose]()
    const failure = await failing
    expect(failure).toMatchObject({ code: 'CLOSED', details: { cursor: expect.any(String) } })
    expect(await failureOf(idle.next())).toMatchObject({ code: 'CLOSED' })
    expect(await idle.next()).toEqual({ done: true, value: undefined })
    expect(await failureOf(fixture.open())).toMatchObject({ code: 'CLOSED' })
    expect(fixture.kafka.counts).toMatchObject({ followsOpen: 0, readsOpen: 0 })
  })
})
