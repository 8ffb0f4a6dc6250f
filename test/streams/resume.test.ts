import { describe, expect, it } from 'vitest'
import { isFailure } from '../../src/kafka/errors/kafka-error.ts'
import type { OutgoingMessage } from '../../src/kafka/message.ts'
import type { MessageSink } from '../../src/kafka/ports/message-sink.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import {
  at,
  failureOf,
  nextOf,
  ORDERS,
  placesOf,
  type StreamFixture,
  streamFixture,
  untilCaughtUp,
  values,
  valuesOf,
} from './stream-fixture.ts'

const cursorOfAll = async (fixture: StreamFixture, partitions: readonly number[] | null = null) => {
  await using stream = await fixture.open({ partitions, from: { kind: 'latest' } })
  return (await nextOf(stream, 'caughtUp')).cursor
}

const produceTo = async (
  sink: MessageSink,
  partition: number,
  timestamp: number | null,
  acks: 'ALL' | 'NONE' = 'ALL',
) => {
  const message: OutgoingMessage = {
    topic: ORDERS,
    partition,
    key: null,
    value: Buffer.from('p'),
    headers: [],
    timestamp,
  }
  const [outcome] = await sink.produce(testCall, [message], {
    acks,
    compressionType: 'NONE',
    transactional: false,
    timeoutMs: 1000,
  })
  if (outcome === undefined || isFailure(outcome)) throw new Error('not produced')
  return outcome
}

describe('a cursor of all partitions', () => {
  it('resumes all, and reads partitions added meanwhile from their first message', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(3))
    const after = await cursorOfAll(fixture)
    fixture.kafka.addPartitions('orders', 2)
    fixture.kafka.append('orders', 1, ['in the new one'])
    fixture.kafka.append('orders', 0, ['in the old one'])
    await using stream = await fixture.open({ after })
    expect(placesOf(await untilCaughtUp(stream)).toSorted()).toEqual(['0:3', '1:0'])
  })

  it('resumes some of them when only those are requested', async () => {
    await using fixture = streamFixture(3)
    const after = await cursorOfAll(fixture)
    for (const partition of [0, 1, 2]) fixture.kafka.append('orders', partition, ['x'])
    await using stream = await fixture.open({ after, partitions: [1] })
    expect(placesOf(await untilCaughtUp(stream))).toEqual(['1:0'])
  })

  it('takes precedence over the start position', async () => {
    await using fixture = streamFixture(1)
    fixture.kafka.append('orders', 0, values(3))
    const after = await cursorOfAll(fixture)
    await using stream = await fixture.open({ after, from: { kind: 'offset', offset: at(99) } })
    expect(placesOf(await untilCaughtUp(stream))).toEqual([])
  })

  it('can be the start of a stream and the end of one', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 0, values(2))
    const cursor = await cursorOfAll(fixture)
    fixture.kafka.append('orders', 0, values(2))
    await using onwards = await fixture.open({ from: { kind: 'cursor', cursor } })
    expect(placesOf(await untilCaughtUp(onwards))).toEqual(['0:2', '0:3'])
    await using before = await fixture.open({ to: { kind: 'cursor', cursor } })
    const places: string[] = []
    for await (const event of before) places.push(...placesOf([event]))
    expect(places).toEqual(['0:0', '0:1'])
  })
})

describe('a cursor of listed partitions', () => {
  it('resumes those or fewer', async () => {
    await using fixture = streamFixture(3)
    const after = await cursorOfAll(fixture, [0, 2])
    for (const partition of [0, 1, 2]) fixture.kafka.append('orders', partition, ['x'])
    await using both = await fixture.open({ after, partitions: [2, 0] })
    expect(placesOf(await untilCaughtUp(both)).toSorted()).toEqual(['0:0', '2:0'])
    await using one = await fixture.open({ after, partitions: [2] })
    expect(placesOf(await untilCaughtUp(one))).toEqual(['2:0'])
  })

  it('is refused for other partitions and for all, with the list to pass', async () => {
    await using fixture = streamFixture(3)
    const after = await cursorOfAll(fixture, [0, 2])
    for (const partitions of [null, [1], [0, 1]])
      expect(await failureOf(fixture.open({ after, partitions }))).toMatchObject({
        code: 'INVALID_CURSOR',
        message: expect.stringContaining('pass partitions: [0, 2]'),
      })
  })

  it('resumes a stream from offsets with the same variables plus the cursor', async () => {
    await using fixture = streamFixture(2)
    fixture.kafka.append('orders', 1, values(3))
    const from = { kind: 'offsets', offsets: [{ partition: 1, offset: at(1) }] } as const
    await using stream = await fixture.open({ from })
    const { cursor } = await nextOf(stream, 'batch')
    fixture.kafka.append('orders', 1, ['next'])
    await using resumed = await fixture.open({ from, after: cursor })
    expect(valuesOf(await untilCaughtUp(resumed))).toEqual(['next'])
  })
})

describe('a cursor is refused', () => {
  it('for another topic', async () => {
    await using fixture = streamFixture(1)
    const after = await cursorOfAll(fixture)
    fixture.kafka.addTopic('payments', 1)
    expect(await failureOf(fixture.open({ topic: toTopicName('payments'), after }))).toMatchObject({
      code: 'INVALID_CURSOR',
      message: expect.stringContaining('another topic than payments'),
    })
  })

  it('when the topic was recreated, with a cursor of the new one', async () => {
    await using fixture = streamFixture(2)
    const after = await cursorOfAll(fixture)
    fixture.kafka.recreateTopic('orders')
    fixture.kafka.append('orders', 1, ['of the new one'])
    const failure = await failureOf(fixture.open({ after }))
    expect(failure).toMatchObject({ code: 'TOPIC_RECREATED', details: { cursor: expect.any(String) } })
    await using stream = await fixture.open({ after: Object(failure).details.cursor })
    expect(valuesOf(await untilCaughtUp(stream))).toEqual(['of the new one'])
  })

  it('when it is not a cursor', async () => {
    await using fixture = streamFixture(1)
    for (const after of ['', 'x', 'not a cursor', `${await cursorOfAll(fixture)}A`])
      expect(await failureOf(fixture.open({ after }))).toMatchObject({ code: 'INVALID_CURSOR' })
  })
})

describe('the cursor after a produced message', () => {
  it('resumes after it, and in other partitions with messages from then on', async () => {
    let now = 1000
    await using fixture = streamFixture(2, {}, { now: () => now })
    fixture.kafka.append('orders', 0, ['before'])
    fixture.kafka.append('orders', 1, ['before'])
    now = 2000
    const after = fixture.engine.cursorAfter(testCall, await produceTo(fixture.kafka, 0, null))
    now = 3000
    fixture.kafka.append('orders', 0, ['later in 0'])
    fixture.kafka.append('orders', 1, ['later in 1'])
    await using stream = await fixture.open({ after })
    expect(valuesOf(await untilCaughtUp(stream)).toSorted()).toEqual(['later in 0', 'later in 1'])
  })

  it('misses no message of other partitions when the message has a future timestamp', async () => {
    await using fixture = streamFixture(2)
    const after = fixture.engine.cursorAfter(testCall, await produceTo(fixture.kafka, 0, Date.now() + 1e9))
    fixture.kafka.append('orders', 1, [{ value: 'now', timestamp: Date.now() + 1 }])
    await using stream = await fixture.open({ after })
    expect(valuesOf(await untilCaughtUp(stream))).toEqual(['now'])
  })

  it('does not exist when the broker returned no offset', async () => {
    await using fixture = streamFixture(1)
    const produced = await produceTo(fixture.kafka, 0, null, 'NONE')
    expect(() => fixture.engine.cursorAfter(testCall, produced)).toThrow(/acks NONE/)
  })
})

describe('the offsets after a cursor', () => {
  const asked = (cursor: string, partitions: readonly number[] | null = null) => ({
    topic: toTopicName('orders'),
    partitions,
    cursor,
  })

  it('are where a stream would continue, in every partition or in the selected ones', async () => {
    await using fixture = streamFixture(3)
    fixture.kafka.append('orders', 0, values(4))
    fixture.kafka.append('orders', 2, values(2))
    const cursor = await cursorOfAll(fixture)
    const all = [
      { partition: 0, offset: at(4) },
      { partition: 1, offset: at(0) },
      { partition: 2, offset: at(2) },
    ]
    expect(await fixture.engine.offsetsAfter(testCall, asked(cursor))).toEqual(all)
    expect(await fixture.engine.offsetsAfter(testCall, asked(cursor, [2]))).toEqual(all.slice(2))
  })

  it('are refused like the cursor, and where retention has deleted them', async () => {
    await using fixture = streamFixture(1)
    expect(await failureOf(fixture.engine.offsetsAfter(testCall, asked('x')))).toMatchObject({ code: 'INVALID_CURSOR' })
    fixture.kafka.append('orders', 0, values(2))
    const cursor = await cursorOfAll(fixture)
    fixture.kafka.append('orders', 0, values(3))
    fixture.kafka.expire('orders', 0, 4)
    expect(await failureOf(fixture.engine.offsetsAfter(testCall, asked(cursor)))).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    })
    fixture.kafka.recreateTopic('orders')
    expect(await failureOf(fixture.engine.offsetsAfter(testCall, asked(cursor)))).toMatchObject({
      code: 'TOPIC_RECREATED',
    })
  })
})
