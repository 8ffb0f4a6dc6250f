import { describe, expect, test } from 'vitest'
import { advanceSequence, ProducerIdentity } from '../../../src/kafkajs/write/queues/producer-identity.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { outgoing } from './outgoing.ts'
import { brief, options, scriptedSink } from './scripted-sink.ts'

const saying = (...texts: readonly string[]) => texts.map(text => outgoing({ value: Buffer.from(text), partition: 0 }))

describe('callers of the same tick', () => {
  test('share one batch, and each gets its own offsets', async () => {
    await using world = scriptedSink()
    const calls = Array.from({ length: 64 }, (_, i) =>
      world.sink.produce(testCall, saying(`a${i}`, `b${i}`), options()),
    )
    const told = (await Promise.all(calls)).map(brief)
    expect(world.cluster.seen).toHaveLength(1)
    expect(told).toEqual(told.map((_, i) => [`0@${2 * i}`, `0@${2 * i + 1}`]))
    expect(world.cluster.log().values).toEqual(told.flatMap((_, i) => [`a${i}`, `b${i}`]))
  })

  test('share one request for many partitions of a broker', async () => {
    await using world = scriptedSink()
    world.cluster.partitionCount = 20
    await world.sink.produce(testCall, [outgoing()], options())
    const before = world.cluster.requests
    const messages = Array.from({ length: 20 }, (_, partition) => outgoing({ partition }))
    await world.sink.produce(testCall, messages, options())
    expect(world.cluster.seen).toHaveLength(21)
    // Producer ids arrive one after another, so the first batches may be sent before the rest.
    await world.sink.produce(testCall, messages, options())
    expect(world.cluster.seen).toHaveLength(41)
    expect(world.cluster.requests - before).toBeLessThanOrEqual(4)
  })

  test('with different acks or compression do not share a batch, and keep their order', async () => {
    await using world = scriptedSink()
    const [one, two, three] = [saying('1'), saying('2'), saying('3')]
    await Promise.all([
      world.sink.produce(testCall, one, options()),
      world.sink.produce(testCall, two, options({ acks: 'LEADER' })),
      world.sink.produce(testCall, three, options({ compressionType: 'GZIP' })),
    ])
    expect(world.cluster.seen.map(({ acks, values }) => [acks, ...values])).toEqual([
      [-1, '1'],
      [1, '2'],
      [-1, '3'],
    ])
  })
})

describe('a partition', () => {
  test('has one batch in flight; messages that arrive meanwhile go into the next one', async () => {
    await using world = scriptedSink()
    let inFlight = 0
    let most = 0
    world.cluster.script = async (_, append) => {
      most = Math.max(most, ++inFlight)
      await new Promise(resolve => setTimeout(resolve, 20))
      inFlight--
      return append()
    }
    const calls = []
    for (let i = 0; i < 20; i++) {
      calls.push(world.sink.produce(testCall, saying(String(i)), options()))
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    await Promise.all(calls)
    expect(most).toBe(1)
    expect(world.cluster.seen.length).toBeLessThan(10)
    expect(world.cluster.log().values).toEqual(calls.map((_, i) => String(i)))
  })

  test('splits a call larger than a batch, in order', async () => {
    await using world = scriptedSink({ maxBatchMessages: 100 })
    const texts = Array.from({ length: 450 }, (_, i) => String(i))
    const told = await world.sink.produce(testCall, saying(...texts), options())
    expect(world.cluster.seen.map(({ values }) => values.length)).toEqual([100, 100, 100, 100, 50])
    expect(brief(told)).toEqual(texts.map((_, i) => `0@${i}`))
  })

  test("never gets a batch above its topic's limit, even if each message fits alone", async () => {
    await using world = scriptedSink({}, async () => 1000)
    const texts = Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(300, '.'))
    await world.sink.produce(testCall, saying(...texts), options())
    for (const { records } of world.cluster.seen) expect(records.length).toBeLessThanOrEqual(1000)
    expect(world.cluster.log().values).toEqual(texts)
  })
})

describe('after a failure', () => {
  const failsOnce = (world: ReturnType<typeof scriptedSink>, fail: (append: () => unknown) => 'cut' | 'silence') => {
    let failures = 0
    world.cluster.script = (_, append) => (failures++ === 0 ? fail(append) : append())
  }

  test.each([
    ['the connection breaks before the broker appended', (): 'cut' => 'cut'],
    ['the connection breaks after the broker appended', (append: () => unknown) => (append() ? 'cut' : 'silence')],
    ['the broker stays silent after it appended', (append: () => unknown) => (append() ? 'silence' : 'cut')],
  ])('when %s, the same sequence is sent again and written once', async (_, fail) => {
    await using world = scriptedSink()
    failsOnce(world, fail)
    const told = await world.sink.produce(testCall, saying('a', 'b'), options())
    const then = await world.sink.produce(testCall, saying('c'), options())
    expect(brief([...told, ...then])).toEqual(['0@0', '0@1', '0@2'])
    expect(world.cluster.log().values).toEqual(['a', 'b', 'c'])
    const [first, second, third] = world.cluster.seen
    expect(second).toMatchObject({ producerId: first?.producerId, baseSequence: 0, values: ['a', 'b'] })
    expect(third).toMatchObject({ producerId: first?.producerId, baseSequence: 2 })
  })

  test('a refusal before the append keeps the sequence for the next batch', async () => {
    await using world = scriptedSink()
    let refusals = 0
    world.cluster.script = (_, append) => (refusals++ < 2 ? { errorCode: 6 } : append())
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['0@0'])
    expect(world.cluster.seen.map(({ baseSequence }) => baseSequence)).toEqual([0, 0, 0])
    expect(world.cluster.producerIds).toBe(1)
  })

  test('the batch goes to the new leader at once, without waiting for the old one', async () => {
    await using world = scriptedSink({ idleMs: 60_000 })
    world.cluster.script = (batch, append) => (batch.nodeId === 1 ? 'silence' : append())
    const told = world.sink.produce(testCall, saying('a'), options())
    await eventually(() => expect(world.cluster.seen).toHaveLength(1))
    world.cluster.moveTo(2)
    expect(brief(await told)).toEqual(['0@0'])
    expect(world.cluster.seen.map(({ nodeId, baseSequence }) => [nodeId, baseSequence])).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  test('a batch that waits for a leader is sent as soon as there is one', async () => {
    await using world = scriptedSink()
    world.cluster.leader = -1
    const told = world.sink.produce(testCall, saying('a'), options())
    await eventually(() => expect(world.cluster.refreshes).toBeGreaterThan(0))
    world.cluster.moveTo(3)
    expect(brief(await told)).toEqual(['0@0'])
  })

  test('waits for a leader that is not listed as a broker', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    world.cluster.hidden.add(world.cluster.leader)
    const told = world.sink.produce(testCall, saying('b'), options())
    await eventually(() => expect(world.cluster.addressesMissed).toBeGreaterThan(2))
    expect(world.cluster.seen).toHaveLength(1)
    world.cluster.hidden.clear()
    expect(brief(await told)).toEqual(['0@1'])
    expect(world.cluster.seen).toHaveLength(2)
  })

  test('OUT_OF_ORDER_SEQUENCE_NUMBER of a batch that cannot have been written: a new producer id', async () => {
    await using world = scriptedSink()
    let refusals = 0
    world.cluster.script = (_, append) => (refusals++ === 0 ? { errorCode: 45 } : append())
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['0@0'])
    expect(world.cluster.seen.map(({ producerId }) => producerId)).toEqual([1n, 2n])
  })

  test('OUT_OF_ORDER_SEQUENCE_NUMBER of a batch that may have been written: OUTCOME_UNKNOWN', async () => {
    await using world = scriptedSink()
    let attempts = 0
    world.cluster.script = (_, append) => [() => 'cut' as const, () => ({ errorCode: 45 })][attempts++]?.() ?? append()
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['OUTCOME_UNKNOWN'])
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['0@0'])
    expect(world.cluster.seen.map(({ producerId }) => producerId)).toEqual([1n, 1n, 2n])
  })

  test('DUPLICATE_SEQUENCE_NUMBER is an acknowledgement without an invented offset', async () => {
    await using world = scriptedSink()
    world.cluster.script = () => ({ errorCode: 46 })
    const [told] = await world.sink.produce(testCall, saying('a'), options())
    expect(told).toMatchObject({ partition: 0, offset: null })
  })

  test('a leadership error with an offset may have been written, one without was not', async () => {
    await using world = scriptedSink()
    world.cluster.script = () => ({ errorCode: 6, baseOffset: 7n })
    const unknown = world.sink.produce(testCall, saying('a'), options({ timeoutMs: 100 }))
    expect(brief(await unknown)).toEqual(['OUTCOME_UNKNOWN'])
    world.cluster.script = () => ({ errorCode: 6 })
    const refused = world.sink.produce(testCall, saying('b'), options({ timeoutMs: 100 }))
    expect(brief(await refused)).toEqual(['REQUEST_TIMED_OUT'])
  })
})

describe('sequences', () => {
  test('count to 2^31 - 1 and start again at 0', () => {
    expect(advanceSequence(2 ** 31 - 1, 1)).toBe(0)
    expect(advanceSequence(2 ** 31 - 2, 1)).toBe(2 ** 31 - 1)
    expect(advanceSequence(2 ** 31 - 10, 2000)).toBe(1990)
  })

  test('start at 0 with each producer id', async () => {
    const world = scriptedSink()
    const identity = new ProducerIdentity(world.cluster, 2 ** 31 - 5)
    expect(await identity.obtain()).toMatchObject({ producerId: 1n, baseSequence: 2 ** 31 - 5 })
    identity.advance(7)
    expect(await identity.obtain()).toMatchObject({ producerId: 1n, baseSequence: 2 })
    identity.retire()
    expect(await identity.obtain()).toMatchObject({ producerId: 2n })
    await world[Symbol.asyncDispose]()
  })
})

describe('a broker that throttles because a quota is exceeded', () => {
  test('receives nothing until it reads again', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    // Longer than a batch waits for its connection, so the sender asks again.
    world.cluster.throttledUntil = Date.now() + 3_600_000
    const told = world.sink.produce(testCall, saying('b'), options())
    await eventually(() => expect(world.cluster.heldBack).toBeGreaterThan(1))
    expect(world.cluster.seen).toHaveLength(1)
    world.cluster.throttledUntil = 0
    expect(brief(await told)).toEqual(['0@1'])
    expect(world.cluster.seen).toHaveLength(2)
  })

  test('beyond the deadline: its code is returned, nothing was written', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    world.cluster.throttledUntil = Date.now() + 60_000
    expect(brief(await world.sink.produce(testCall, saying('b'), options({ timeoutMs: 400 })))).toEqual([
      'THROTTLING_QUOTA_EXCEEDED',
    ])
    world.cluster.throttledUntil = 0
    expect(brief(await world.sink.produce(testCall, saying('c'), options()))).toEqual(['0@1'])
    expect(world.cluster.log().values).toEqual(['a', 'c'])
  })
})
