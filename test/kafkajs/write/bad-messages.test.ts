import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { outgoing } from './outgoing.ts'
import { brief, options, scriptedSink } from './scripted-sink.ts'

const saying = (...texts: readonly string[]) => texts.map(text => outgoing({ value: Buffer.from(text), partition: 0 }))
const texts = ['0', '1', 'bad2', '3', '4', 'bad5', '6', '7', '8', '9']
const isBad = (text: string) => text.startsWith('bad')

describe('a refused batch fails only the messages at fault', () => {
  test('if Kafka names them', async () => {
    await using world = scriptedSink()
    world.cluster.script = (batch, append) => {
      const recordErrors = batch.values.flatMap((text, batchIndex) =>
        isBad(text) ? [{ batchIndex, message: `${text} is from the future` }] : [],
      )
      return recordErrors.length > 0 ? { errorCode: 32, recordErrors } : append()
    }
    const told = await world.sink.produce(testCall, saying(...texts), options())
    expect(brief(told)).toEqual([
      '0@0',
      '0@1',
      'INVALID_TIMESTAMP',
      '0@2',
      '0@3',
      'INVALID_TIMESTAMP',
      '0@4',
      '0@5',
      '0@6',
      '0@7',
    ])
    expect(told[2]).toMatchObject({ message: 'bad2 is from the future' })
    expect(world.cluster.seen).toHaveLength(2)
    expect(world.cluster.log().values).toEqual(texts.filter(text => !isBad(text)))
  })

  test('otherwise by halving, in order and with valid sequences', async () => {
    await using world = scriptedSink()
    world.cluster.script = (batch, append) => (batch.values.some(isBad) ? { errorCode: 87 } : append())
    const told = await world.sink.produce(testCall, saying(...texts), options())
    expect(brief(told).filter(one => one === 'INVALID_RECORD')).toHaveLength(2)
    expect(told[2]).toBeInstanceOf(KafkaError)
    expect(told[5]).toBeInstanceOf(KafkaError)
    expect(world.cluster.log().values).toEqual(texts.filter(text => !isBad(text)))
    expect(new Set(world.cluster.seen.map(({ producerId }) => producerId))).toEqual(new Set([1n]))
  })

  test('and messages that arrived meanwhile are written after all its parts', async () => {
    await using world = scriptedSink()
    world.cluster.script = (batch, append) => (batch.values.some(isBad) ? { errorCode: 87 } : append())
    const first = world.sink.produce(testCall, saying(...texts), options())
    await new Promise(resolve => setTimeout(resolve, 3))
    const second = world.sink.produce(testCall, saying('later'), options())
    await Promise.all([first, second])
    expect(world.cluster.log().values).toEqual([...texts.filter(text => !isBad(text)), 'later'])
  })

  test('even if the connection breaks in between', async () => {
    await using world = scriptedSink()
    let batches = 0
    world.cluster.script = (batch, append) => {
      if (batch.values.some(isBad)) return { errorCode: 87 }
      const reply = append()
      return batches++ % 2 === 0 ? 'cut' : reply
    }
    await world.sink.produce(testCall, saying(...texts), options())
    expect(world.cluster.log().values).toEqual(texts.filter(text => !isBad(text)))
  })
})

describe('refused before it is sent', () => {
  test("a message above its topic's max.message.bytes, to the byte", async () => {
    await using world = scriptedSink({}, async () => 1000)
    // 61 bytes of batch, 1 of attributes, 2 of deltas, 1 for no key, 2 + n for the value, 1 for no headers, 2 of length.
    const [fits, exceeds] = [saying('x'.repeat(930)), saying('x'.repeat(931))]
    expect(brief(await world.sink.produce(testCall, [...fits, ...exceeds, ...saying('y')], options()))).toEqual([
      '0@0',
      'MESSAGE_TOO_LARGE',
      '0@1',
    ])
    expect(world.cluster.seen.map(({ records }) => records.length)[0]).toBe(1000)
  })

  test('a compressed one only if compression does not help', async () => {
    await using world = scriptedSink({}, async () => 1000)
    const [fits, exceeds] = [
      outgoing({ value: Buffer.alloc(50_000), partition: 0 }),
      outgoing({ value: randomBytes(2000), partition: 0 }),
    ]
    const told = await world.sink.produce(
      testCall,
      [fits, exceeds, ...saying('y')],
      options({ compressionType: 'GZIP' }),
    )
    expect(brief(told)).toEqual(['0@0', 'MESSAGE_TOO_LARGE', '0@1'])
    for (const { records } of world.cluster.seen) expect(records.length).toBeLessThanOrEqual(1000)
  })

  test('a limit that was raised meanwhile is read again before it refuses', async () => {
    let limit = 1000
    await using world = scriptedSink({}, async () => limit)
    await world.sink.produce(testCall, saying('a'), options())
    limit = 10_000
    // The known limit is trusted for a second.
    await eventually(async () =>
      expect(brief(await world.sink.produce(testCall, saying('x'.repeat(2000)), options()))).toEqual(['0@1']),
    )
  })

  test('nothing, if the limit cannot be read', async () => {
    await using world = scriptedSink({}, () => Promise.reject(new KafkaError('TOPIC_AUTHORIZATION_FAILED')))
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['0@0'])
  })

  test.each([99, -1, 3, 1.5])('partition %d of 3, with the number of partitions', async partition => {
    await using world = scriptedSink()
    world.cluster.partitionCount = 3
    const [told, neighbour] = await world.sink.produce(
      testCall,
      [outgoing({ partition }), outgoing({ partition: 2 })],
      options(),
    )
    expect(told).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', message: expect.stringContaining('3 partitions') })
    expect(neighbour).toMatchObject({ partition: 2 })
  })

  test('but a partition added meanwhile is looked up first', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    world.cluster.partitionCount = 2
    await eventually(async () =>
      expect(brief(await world.sink.produce(testCall, [outgoing({ partition: 1 })], options()))).toEqual(['1@0']),
    )
  })

  test.each([1.5, -1, Number.NaN, 2 ** 53])('timestamp %d', async timestamp => {
    await using world = scriptedSink()
    const told = await world.sink.produce(testCall, [outgoing({ timestamp }), ...saying('a')], options())
    expect(brief(told)).toEqual(['INVALID_TIMESTAMP', '0@0'])
  })

  test('a missing topic, after a second lookup', async () => {
    await using world = scriptedSink()
    world.cluster.topicExists = false
    expect(brief(await world.sink.produce(testCall, saying('a'), options()))).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    expect(world.cluster.refreshes).toBe(2)
    expect(world.sink.topicCount).toBe(0)
  })

  test('not a topic that one broker does not know yet', async () => {
    await using world = scriptedSink()
    world.cluster.topicExists = false
    const told = world.sink.produce(testCall, saying('a'), options())
    await new Promise(resolve => setTimeout(resolve, 10))
    world.cluster.topicExists = true
    expect(brief(await told)).toEqual(['0@0'])
  })
})

describe('a topic deleted while messages wait', () => {
  test('refuses unsent messages', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    world.cluster.moveTo(-1)
    const told = world.sink.produce(testCall, saying('b'), options())
    await new Promise(resolve => setTimeout(resolve, 10))
    world.cluster.topicExists = false
    expect(brief(await told)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  })

  test('never writes them to a recreated topic of the same name', async () => {
    await using world = scriptedSink()
    await world.sink.produce(testCall, saying('a'), options())
    world.cluster.moveTo(-1)
    const told = world.sink.produce(testCall, saying('b'), options())
    await new Promise(resolve => setTimeout(resolve, 10))
    world.cluster.topicId = '00000000-0000-0000-0000-00000000000b'
    world.cluster.moveTo(1)
    expect(brief(await told)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    expect(brief(await world.sink.produce(testCall, saying('c'), options()))).toEqual(['0@1'])
    expect(world.cluster.log().values).toEqual(['a', 'c'])
  })
})

describe('timestamps', () => {
  test('are the message’s own, or the time of the call', async () => {
    await using world = scriptedSink()
    const before = Date.now()
    const told = await world.sink.produce(testCall, [outgoing({ timestamp: 1234 }), outgoing()], options())
    const stored = world.cluster.seen.flatMap(({ messages }) => messages.map(({ timestamp }) => timestamp))
    expect(told.map(one => 'timestamp' in one && one.timestamp)).toEqual(stored)
    expect(stored[0]).toBe(1234)
    expect(stored[1]).toBeGreaterThanOrEqual(before)
  })

  test("are the broker's if the topic uses LogAppendTime", async () => {
    await using world = scriptedSink()
    world.cluster.script = (_, append) => ({ ...append(), logAppendTime: 777 })
    const [told] = await world.sink.produce(testCall, saying('a'), options())
    expect(told).toMatchObject({ timestamp: 777 })
  })

  test('stay unchanged if a broker returns the latest timestamp of a duplicate batch', async () => {
    await using world = scriptedSink()
    let attempts = 0
    world.cluster.script = (_, append) => {
      const reply = append()
      return attempts++ === 0 ? 'cut' : { ...reply, logAppendTime: 2000 }
    }
    const told = await world.sink.produce(
      testCall,
      [outgoing({ timestamp: 1000 }), outgoing({ timestamp: 2000 })],
      options(),
    )
    expect(told).toMatchObject([{ timestamp: 1000 }, { timestamp: 2000 }])
  })
})

describe('memory', () => {
  test('full: BUSY for messages that do not fit; the others are written', async () => {
    await using world = scriptedSink({ maxQueuedBytes: 10_000, idleMs: 60_000 })
    world.cluster.leader = -1
    const held = world.sink.produce(testCall, saying('x'.repeat(8000)), options())
    const told = await world.sink.produce(testCall, saying('y'.repeat(8000)), options())
    expect(brief(told)).toEqual(['BUSY'])
    expect(told[0]).toMatchObject({ retriable: true })
    world.cluster.moveTo(1)
    expect(brief(await held)).toEqual(['0@0'])
    expect(world.sink.queuedBytes).toBe(0)
    expect(brief(await world.sink.produce(testCall, saying('y'.repeat(8000)), options()))).toEqual(['0@1'])
  })

  test('of unused partitions is freed, and their producer ids are not reused', async () => {
    await using world = scriptedSink({ forgetMs: 40 })
    await world.sink.produce(testCall, saying('a'), options())
    expect(world.cluster.leaders.watched).toEqual(['orders'])
    await eventually(() => expect(world.sink.topicCount).toBe(0))
    expect(world.cluster.leaders.watched).toEqual([])
    expect(brief(await world.sink.produce(testCall, saying('b'), options()))).toEqual(['0@1'])
    expect(world.cluster.seen.map(({ producerId }) => producerId)).toEqual([1n, 2n])
  })
})
