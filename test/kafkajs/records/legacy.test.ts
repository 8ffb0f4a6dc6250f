import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import { gzipWrapper, type LegacyMessage, legacyMessage } from '../../support/legacy-log.ts'
import { batchOf, decode, told } from './batches.ts'

const LOG_APPEND_TIME = 0x08
const TIME = 1_500_000_000_000

/** `count` messages whose values are their indexes. */
const messages = (count: number, magic: 0 | 1, firstOffset = 0): LegacyMessage[] =>
  Array.from({ length: count }, (_, place) => ({
    offset: firstOffset + place,
    magic,
    timestamp: TIME + place,
    key: `k${place}`,
    value: `v${place}`,
  }))

const log = (...entries: readonly LegacyMessage[]): Buffer => Buffer.concat(entries.map(legacyMessage))

describe('a wrapper of format v1', () => {
  it('gives its messages offsets that end at its own', async () => {
    const wrapper = gzipWrapper({ offset: 12, magic: 1 }, messages(3, 1))
    const decoded = await decode(wrapper, { from: toOffset(9) })
    expect(told(decoded)).toEqual(['10:v0', '11:v1', '12:v2'])
    expect(decoded.next).toBe(13n)
  })

  it('may have lost messages by compaction', async () => {
    const [first, , third, fourth] = messages(4, 1)
    if (!first || !third || !fourth) throw new Error('no messages')
    const wrapper = gzipWrapper({ offset: 103, magic: 1 }, [first, third, fourth])
    expect(told(await decode(wrapper))).toEqual(['100:v0', '102:v2', '103:v3'])
  })

  it('gives its messages its own time if the broker set it, and only then', async () => {
    const timesOf = async (attributes: number) =>
      (await decode(gzipWrapper({ offset: 1, magic: 1, timestamp: 7, attributes }, messages(2, 1)))).messages.map(
        ({ timestamp }) => timestamp,
      )
    expect(await timesOf(0)).toEqual([TIME, TIME + 1])
    expect(await timesOf(LOG_APPEND_TIME)).toEqual([7, 7])
  })

  it('is damaged if a message in it has an offset beyond it', async () => {
    const wrapper = gzipWrapper({ offset: 1, magic: 1 }, messages(3, 1))
    expect(await decode(wrapper)).toMatchObject({
      messages: [],
      fault: { error: { code: 'CORRUPT_MESSAGE' }, next: 2n },
    })
  })

  it('may contain messages of format v0', async () => {
    const decoded = await decode(gzipWrapper({ offset: 5, magic: 1 }, messages(2, 0)))
    expect(told(decoded)).toEqual(['4:v0', '5:v1'])
    expect(decoded.messages.map(({ timestamp }) => timestamp)).toEqual([-1, -1])
  })
})

describe('a wrapper of format v0', () => {
  it('contains messages with absolute offsets', async () => {
    const decoded = await decode(gzipWrapper({ offset: 12, magic: 0 }, messages(3, 0, 10)), { from: toOffset(11) })
    expect(told(decoded)).toEqual(['11:v1', '12:v2'])
    expect(decoded.messages[0]?.batch.timestampType).toBe('NO_TIMESTAMP_TYPE')
  })

  it('reports the offsets of a truncated last message', async () => {
    const whole = log(...messages(3, 0, 10))
    const decoded = await decode(gzipWrapper({ offset: 12, magic: 0 }, whole.subarray(0, -1)), { from: toOffset(10) })
    expect(told(decoded)).toEqual(['10:v0', '11:v1'])
    expect(decoded).toMatchObject({ next: 12n, fault: { error: { code: 'CORRUPT_MESSAGE' }, at: 12n, next: 13n } })
  })
})

describe('what Kafka’s consumer refuses', () => {
  const nested = gzipWrapper({ offset: 1, magic: 1 }, messages(2, 1))
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ['a wrapper within a wrapper', gzipWrapper({ offset: 0, magic: 1 }, nested), 'CORRUPT_MESSAGE'],
    ['a wrapper without messages', gzipWrapper({ offset: 0, magic: 1 }, []), 'CORRUPT_MESSAGE'],
    ['a wrapper without a value', legacyMessage({ offset: 0, magic: 1, attributes: 1 }), 'CORRUPT_MESSAGE'],
    ['no gzip data', legacyMessage({ offset: 0, magic: 1, attributes: 1, value: 'x' }), 'CORRUPT_MESSAGE'],
    ['Zstandard', legacyMessage({ offset: 0, magic: 1, attributes: 4, value: 'x' }), 'UNSUPPORTED_COMPRESSION_TYPE'],
    [
      'an unknown codec',
      legacyMessage({ offset: 0, magic: 0, attributes: 7, value: 'x' }),
      'UNSUPPORTED_COMPRESSION_TYPE',
    ],
  ]
  it.each(cases)('is a fault of that entry alone: %s', async (_, entry, code) => {
    const decoded = await decode(Buffer.concat([entry, log({ offset: 1, magic: 1, value: 'behind' })]))
    expect(decoded).toMatchObject({ messages: [], next: 0n, fault: { error: { code }, at: 0n, next: 1n } })
    expect(told(await decode(log({ offset: 1, magic: 1, value: 'behind' }), { from: toOffset(1) }))).toEqual([
      '1:behind',
    ])
  })

  it('is a message with a wrong checksum, alone or in a wrapper; messages before it are delivered', async () => {
    const damaged = log(...messages(3, 1))
    damaged[damaged.length - 1] = 0
    const fault = { error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: 3n }
    for (const records of [damaged, gzipWrapper({ offset: 2, magic: 1 }, damaged)]) {
      const decoded = await decode(records)
      expect(told(decoded)).toEqual(['0:v0', '1:v1'])
      expect(decoded).toMatchObject({ next: 2n, fault })
    }
  })

  it('is a wrapper that expands beyond the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(4 << 20))
    const wrapper = legacyMessage({ offset: 0, magic: 1, attributes: 1, value: bomb })
    const limits = { maxDecompressedBytes: 1 << 20, sliceMs: 2 }
    expect(await decode(wrapper, { limits })).toMatchObject({ fault: { error: { code: 'DECODE_LIMIT' }, next: 1n } })
  })
})

describe('a log of several formats', () => {
  it('is read at once, and a truncated last message is left to the next fetch', async () => {
    const old = log(...messages(2, 0), ...messages(1, 1, 2))
    const records = Buffer.concat([
      old,
      gzipWrapper({ offset: 4, magic: 1 }, messages(2, 1)),
      await batchOf(5, ['new']),
    ])
    const all = ['0:v0', '1:v1', '2:v0', '3:v0', '4:v1', '5:new']
    const decoded = await decode(records)
    expect(told(decoded)).toEqual(all)
    expect(decoded.next).toBe(6n)
    for (let length = old.length; length < records.length; length++) {
      const part = await decode(records.subarray(0, length))
      expect(part.fault).toBeUndefined()
      expect(told(part)).toEqual(all.slice(0, Number(part.next)))
    }
  })

  it('keeps offsets and timestamps beyond 2^53 exact', async () => {
    const timestamp = 2n ** 63n - 2n
    const offset = 2n ** 53n + 1n
    const { messages: found } = await decode(legacyMessage({ offset, magic: 1, timestamp, value: 'v' }))
    expect(found).toMatchObject([{ offset, timestamp }])
  })

  it('counts the memory of many small messages, and continues where it stopped', async () => {
    const wrapper = gzipWrapper({ offset: 19_999, magic: 1 }, messages(20_000, 1))
    const limits = { maxDecompressedBytes: 2 << 20, sliceMs: 0 }
    let next = toOffset(0)
    let count = 0
    for (let reads = 0; next < 20_000n && reads < 50; reads++) {
      const decoded = await decode(wrapper, { from: next, limits })
      expect(decoded.bytes).toBeLessThan(4 << 20)
      count += decoded.messages.length
      next = decoded.next
    }
    expect(count).toBe(20_000)
  })
})
