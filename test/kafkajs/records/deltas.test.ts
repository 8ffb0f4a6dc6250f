import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { DecodedRecords } from '../../../src/kafkajs/records/decode/decode-records.ts'
import { rawBatch, sealed } from '../../support/raw-batch.ts'
import { decode, told } from './batches.ts'

const valued = (deltas: readonly number[]) =>
  rawBatch(deltas.map((offsetDelta, place) => ({ offsetDelta, value: 'abcdef'[place] ?? '?' })))

/** The delivered and the lost offsets, continuing after each fault like a follower. */
const readOn = async (records: Buffer) => {
  const delivered: string[] = []
  const lost: string[] = []
  let next = toOffset(0)
  for (let reads = 0; reads < 20; reads++) {
    const decoded: DecodedRecords = await decode(records, { from: next })
    delivered.push(...told(decoded))
    if (decoded.fault === undefined) return { delivered, lost, next: decoded.next }
    lost.push(`${decoded.fault.at}-${decoded.fault.next}`)
    next = decoded.fault.next
  }
  throw new Error('reading does not end')
}

describe('offset deltas that are out of order', () => {
  const cases: readonly (readonly [
    deltas: readonly number[],
    delivered: readonly string[],
    lost: readonly string[],
  ])[] = [
    [[0, 1, 2], ['0:a', '1:b', '2:c'], []],
    // Beyond the batch: the offset belongs to another message, and Kafka's consumer skips the rest.
    [[0, 7, 2], ['0:a'], ['1-3']],
    [[7, 1, 2], [], ['0-3']],
    [[0, 1, 2 ** 31 - 1], ['0:a', '1:b'], ['2-3']],
    // Not after the previous offset: Kafka's consumer skips only that record.
    [[0, 0, 2], ['0:a', '2:c'], ['1-2']],
    [[0, 0, 1], ['0:a', '1:c'], []],
    [[0, -5, 2], ['0:a', '2:c'], ['1-2']],
    [[-1, 1, 2], ['1:b', '2:c'], ['0-1']],
    [[2, 1, 0], ['2:a'], []],
    [
      [0, 0, 0, 3, 1, 5],
      ['0:a', '3:d', '5:f'],
      ['1-3', '4-5'],
    ],
    [[0, 0, 0], ['0:a'], ['1-3']],
  ]
  it.each(cases)('%j', async (deltas, delivered, lost) => {
    expect(await readOn(valued(deltas))).toEqual({ delivered, lost, next: toOffset(deltas.length) })
  })

  it('report a lost record to a reader that starts after the first', async () => {
    expect(await decode(valued([0, 7, 2]), { from: toOffset(2) })).toMatchObject({
      messages: [],
      fault: { at: 2n, next: 3n },
    })
    expect(await decode(valued([0, 0, 2]), { from: toOffset(1) })).toMatchObject({
      messages: [],
      fault: { at: 1n, next: 2n },
    })
    expect(told(await decode(valued([0, 0, 2]), { from: toOffset(2) }))).toEqual(['2:c'])
  })
})

describe('an invalid record', () => {
  it('loses itself and the rest of its batch; records before it are delivered', async () => {
    const records = valued([0, 1, 2])
    records[61 + 2 * 8] = 0x7e
    expect(await readOn(sealed(records))).toEqual({ delivered: ['0:a', '1:b'], lost: ['2-3'], next: 3n })
  })

  it.each([
    [2, ['0:a'], ['1-3']],
    [4, ['0:a', '1:b', '2:c'], []],
  ])('in a batch with a wrong record count: %i', async (count, delivered, lost) => {
    const records = valued([0, 1, 2])
    records.writeInt32BE(count, 57)
    expect(await readOn(sealed(records))).toEqual({ delivered, lost, next: 3n })
  })
})

describe('timestamps of 64 bits', () => {
  const timesOf = async (base: bigint, deltas: readonly bigint[]) => {
    const records = deltas.map((timestampDelta, offsetDelta) => ({ offsetDelta, timestampDelta, value: 'v' }))
    return (await decode(rawBatch(records, base))).messages.map(({ timestamp }) => timestamp)
  }

  it.each([1_700_000_000_123_456_789n, 2n ** 63n - 2n, 2n ** 53n, -(2n ** 63n)])('are exact: %i', async base => {
    expect(await timesOf(base, [0n, 1n])).toEqual([base, base + 1n])
  })

  it('are exact if only the difference is large', async () => {
    expect(await timesOf(5n, [0n, 2n ** 62n + 1n, 2n ** 53n - 6n, 2n ** 53n - 5n])).toEqual([
      5,
      2n ** 62n + 6n,
      2 ** 53 - 1,
      2n ** 53n,
    ])
    expect(await timesOf(1_700_000_000_123_456_789n, [0n, -1_700_000_000_123_456_782n])).toEqual([
      1_700_000_000_123_456_789n,
      7,
    ])
  })

  it('are numbers if a double is exact', async () => {
    expect(await timesOf(1_700_000_000_000n, [0n, 1n, -1n])).toEqual([
      1_700_000_000_000, 1_700_000_000_001, 1_699_999_999_999,
    ])
    expect(await timesOf(2n ** 53n - 1n, [0n])).toEqual([2 ** 53 - 1])
  })

  it('wrap like Java’s', async () => {
    expect(await timesOf(2n ** 63n - 1n, [1n])).toEqual([-(2n ** 63n)])
  })

  it('are exact if the broker sets them', async () => {
    const records = rawBatch([{ offsetDelta: 0, value: 'v' }], 2n ** 60n + 1n)
    records.writeInt16BE(0x08, 21)
    expect((await decode(sealed(records))).messages[0]?.timestamp).toBe(2n ** 60n + 1n)
  })
})
