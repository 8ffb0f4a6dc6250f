import { describe, expect, test } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { outgoing } from './outgoing.ts'
import { brief, options, scriptedSink } from './scripted-sink.ts'

const saying = (...texts: readonly string[]) => texts.map(text => outgoing({ value: Buffer.from(text), partition: 0 }))
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('every message is answered in time', () => {
  test('never sent: REQUEST_TIMED_OUT, and it is not written afterwards', async () => {
    await using world = scriptedSink()
    world.cluster.leader = -1
    const told = await world.sink.produce(testCall, saying('a'), options({ timeoutMs: 80 }))
    expect(brief(told)).toEqual(['REQUEST_TIMED_OUT'])
    expect(told[0]).toMatchObject({ retriable: true })
    world.cluster.moveTo(1)
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['0@0'])
    expect(world.cluster.log().values).toEqual(['b'])
  })

  test('sent without a response: OUTCOME_UNKNOWN, and its sequence is not reused', async () => {
    await using world = scriptedSink({ idleMs: 1500 })
    world.cluster.script = () => 'silence'
    const told = await world.sink.produce(testCall, saying('a'), options({ timeoutMs: 500 }))
    expect(brief(told)).toEqual(['OUTCOME_UNKNOWN'])
    world.cluster.script = (_, append) => append()
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['0@0'])
    expect(world.cluster.seen.map(({ producerId, baseSequence }) => [producerId, baseSequence])).toEqual([
      [1n, 0],
      [2n, 0],
    ])
  })

  test('messages behind an unanswered batch stay unsent, and are reported as unsent', async () => {
    await using world = scriptedSink({ idleMs: 60_000 })
    world.cluster.script = () => 'silence'
    const first = world.sink.produce(testCall, saying('a'), options({ timeoutMs: 500 }))
    expect(brief(await first)).toEqual(['OUTCOME_UNKNOWN'])
    const second = world.sink.produce(testCall, saying('b'), options({ timeoutMs: 500 }))
    expect(brief(await second)).toEqual(['REQUEST_TIMED_OUT'])
    const third = world.sink.produce(testCall, saying('c'), options())
    world.cluster.script = (_, append) => append()
    world.cluster.moveTo(2)
    expect(brief(await third)).toEqual(['0@0'])
    expect(world.cluster.log().values).toEqual(['c'])
  })

  test("one caller's abort does not affect the others in its batch", async () => {
    await using world = scriptedSink({ idleMs: 60_000 })
    let cuts = 0
    let release = () => {}
    const isReleased = new Promise<void>(resolve => {
      release = resolve
    })
    world.cluster.script = async (_, append) => {
      await isReleased
      return cuts++ === 0 ? 'cut' : append()
    }
    const impatient = world.sink.produce(testCall, saying('a'), options({ timeoutMs: 500 }))
    const patient = world.sink.produce(testCall, saying('b'), options({ timeoutMs: 30_000 }))
    expect(brief(await impatient)).toEqual(['OUTCOME_UNKNOWN'])
    release()
    expect(brief(await patient)).toEqual(['0@1'])
    expect(world.cluster.log().values).toEqual(['a', 'b'])
  })

  test('a caller that aborts while its message waits leaves the batch to the others', async () => {
    await using world = scriptedSink()
    world.cluster.leader = -1
    const giveUp = new AbortController()
    const first = world.sink.produce({ ...testCall, signal: giveUp.signal }, saying('a'), options())
    const second = world.sink.produce(testCall, saying('b'), options())
    await pause(20)
    giveUp.abort()
    expect(brief(await first)).toEqual(['REQUEST_TIMED_OUT'])
    world.cluster.moveTo(1)
    expect(brief(await second)).toEqual(['0@0'])
    expect(world.cluster.log().values).toEqual(['b'])
  })

  test('a signal aborted before the call sends nothing', async () => {
    await using world = scriptedSink()
    expect(
      brief(await world.sink.produce({ ...testCall, signal: AbortSignal.abort() }, saying('a'), options())),
    ).toEqual(['REQUEST_TIMED_OUT'])
    expect(world.cluster.seen).toEqual([])
  })

  test('Kafka down: answered at the deadline, or written if Kafka returns in time', async () => {
    await using world = scriptedSink()
    world.cluster.isUp = false
    expect(brief(await world.sink.produce(testCall, saying('a'), options({ timeoutMs: 80 })))).toEqual([
      'REQUEST_TIMED_OUT',
    ])
    const told = world.sink.produce(testCall, saying('b'), options())
    await pause(60)
    world.cluster.isUp = true
    expect(brief(await told)).toEqual(['0@0'])
  })
})

describe('acks', () => {
  test('LEADER: a broken connection is OUTCOME_UNKNOWN at once, since a repeat could write twice', async () => {
    await using world = scriptedSink()
    world.cluster.script = (_, append) => (append() ? 'cut' : 'silence')
    const told = await world.sink.produce(testCall, saying('a'), options({ acks: 'LEADER' }))
    expect(brief(told)).toEqual(['OUTCOME_UNKNOWN'])
    expect(world.cluster.seen.map(({ producerId, acks }) => [producerId, acks])).toEqual([[-1n, 1]])
  })

  test('LEADER: a refusal before the append is retried', async () => {
    await using world = scriptedSink()
    let refusals = 0
    world.cluster.script = (_, append) => (refusals++ === 0 ? { errorCode: 6 } : append())
    expect(brief(await world.sink.produce(testCall, saying('a'), options({ acks: 'LEADER' })))).toEqual(['0@0'])
  })

  test('NONE: answered without an offset as soon as it is written', async () => {
    await using world = scriptedSink()
    const told = await world.sink.produce(testCall, saying('a'), options({ acks: 'NONE' }))
    expect(told[0]).toMatchObject({ partition: 0, offset: null })
    expect(world.cluster.seen.map(({ acks }) => acks)).toEqual([0])
  })

  test('NONE: a broker that accepts no bytes is not sent more and more', async () => {
    await using world = scriptedSink()
    world.cluster.unsentBytes = 1
    expect(brief(await world.sink.produce(testCall, saying('a'), options({ acks: 'NONE' })))).toEqual([
      'OUTCOME_UNKNOWN',
    ])
  })
})

describe('too few replicas', () => {
  test('NOT_ENOUGH_REPLICAS is retried for a while, then returned', async () => {
    await using world = scriptedSink()
    world.cluster.script = () => ({ errorCode: 19 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['NOT_ENOUGH_REPLICAS'])
    expect(world.cluster.seen.length).toBeGreaterThan(1)
  })

  test('an earlier deadline of the call returns the same code', async () => {
    await using world = scriptedSink({ notEnoughReplicasMs: 60_000 })
    world.cluster.script = () => ({ errorCode: 19 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options({ timeoutMs: 80 })))).toEqual([
      'NOT_ENOUGH_REPLICAS',
    ])
  })

  test('replicas return in time: written once', async () => {
    await using world = scriptedSink()
    let refusals = 0
    world.cluster.script = (_, append) => (refusals++ < 2 ? { errorCode: 19 } : append())
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['0@0'])
  })

  test('NOT_ENOUGH_REPLICAS_AFTER_APPEND keeps its code, and its sequence is not reused', async () => {
    await using world = scriptedSink()
    let attempts = 0
    world.cluster.script = (_, append) => (attempts++ === 0 ? { ...append(), errorCode: 20 } : { errorCode: 19 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual([
      'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
    ])
    world.cluster.script = (_, append) => append()
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['0@1'])
    expect(world.cluster.seen.at(-1)).toMatchObject({ producerId: 2n, baseSequence: 0 })
  })

  test('NOT_ENOUGH_REPLICAS after a broken connection is OUTCOME_UNKNOWN', async () => {
    await using world = scriptedSink()
    let attempts = 0
    world.cluster.script = () => (attempts++ === 0 ? 'cut' : { errorCode: 19 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['OUTCOME_UNKNOWN'])
  })
})

describe('refusals', () => {
  test("carry Kafka's code and sentence, and name the topic", async () => {
    await using world = scriptedSink()
    world.cluster.script = () => ({ errorCode: 29, errorMessage: 'not yours' })
    const [told] = await world.sink.produce(testCall, saying('a'), options())
    expect(told).toBeInstanceOf(KafkaError)
    expect(told).toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED', message: 'topic orders: not yours' })
  })

  test('after an attempt that may have been written prove nothing: OUTCOME_UNKNOWN', async () => {
    await using world = scriptedSink()
    let attempts = 0
    world.cluster.script = () => (attempts++ === 0 ? 'cut' : { errorCode: 29 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['OUTCOME_UNKNOWN'])
  })

  test('a broker that does not know what happened: OUTCOME_UNKNOWN', async () => {
    await using world = scriptedSink()
    world.cluster.script = () => ({ errorCode: -1 })
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['OUTCOME_UNKNOWN'])
  })

  test('a broker too old for Produce 9: UNSUPPORTED_VERSION', async () => {
    await using world = scriptedSink()
    world.cluster.maxVersion = 8
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['UNSUPPORTED_VERSION'])
  })

  test('a broker without topic ids gets topic names', async () => {
    await using world = scriptedSink()
    world.cluster.maxVersion = 11
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['0@0'])
    expect(world.cluster.seen[0]?.topic).toBe('orders')
  })
})

describe('closing', () => {
  test('finishes messages in flight, and accepts no more', async () => {
    const world = scriptedSink()
    world.cluster.script = async (_, append) => {
      await pause(50)
      return append()
    }
    const told = world.sink.produce(testCall, saying('a'), options())
    await eventually(() => expect(world.cluster.seen).toHaveLength(1))
    const closed = world.sink[Symbol.asyncDispose]()
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['CLOSED'])
    await closed
    expect(brief(await told)).toEqual(['0@0'])
  })

  test('answers the rest after a grace time', async () => {
    const world = scriptedSink({ closeGraceMs: 30, idleMs: 60_000 })
    world.cluster.partitionCount = 2
    world.cluster.script = () => 'silence'
    const sent = world.sink.produce(testCall, saying('a'), options())
    await eventually(() => expect(world.cluster.seen).toHaveLength(1))
    const waiting = world.sink.produce(testCall, saying('b'), options())
    await world.sink[Symbol.asyncDispose]()
    expect(brief(await sent)).toEqual(['OUTCOME_UNKNOWN'])
    expect(brief(await waiting)).toEqual(['CLOSED'])
    expect(world.sink.queuedBytes).toBe(0)
  })
})
